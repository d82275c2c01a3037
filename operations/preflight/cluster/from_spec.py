"""What a stack needs of its cluster, read off the objects that it will make."""

from __future__ import annotations

from collections.abc import Iterator

from components.kubernetes.objects import all_manifests
from components.kubernetes.serving.bucket import DRIVER
from components.specs.cluster import KubernetesSpec
from operations.cluster.place import Place
from operations.preflight.needs import ClusterNeeds, GpuNeeds


def cluster_needs(spec: KubernetesSpec) -> ClusterNeeds:
    """Kinds that the stack's own charts bring are looked for only once their release stands."""
    kinds = {
        (str(m["apiVersion"]), str(m["kind"]))
        for m in all_manifests(spec, image="", secret_files={})
    }
    brought = {group for chart in spec.charts for group in chart.groups}
    placement = spec.workload.placement
    workloads = [spec.workload, *([spec.canary.workload] if spec.canary else [])]
    return ClusterNeeds(
        place=Place(kubeconfig=spec.kubeconfig, context=spec.context, namespace=spec.namespace),
        kinds=tuple(sorted(kind for kind in kinds if kind[0].partition("/")[0] not in brought)),
        objects=tuple(_objects(spec)),
        gpus=GpuNeeds(
            resource=placement.gpu_resource,
            per_pod=placement.gpus,
            pods=sum(one.replicas[0] * one.engine.nodes for one in workloads),
            selector=placement.node_selector,
        )
        if placement.gpus
        else None,
    )


def _objects(spec: KubernetesSpec) -> Iterator[tuple[str, str]]:
    if not spec.create_namespace:
        yield "namespaces", spec.namespace
    if spec.workload.store.storage_class:
        yield "storageclasses", spec.workload.store.storage_class
    if spec.workload.placement.priority_class:
        yield "priorityclasses", spec.workload.placement.priority_class
    if spec.workload.store.kind == "bucket":
        yield "csidrivers", DRIVER
    if spec.pull_secret:
        yield "secrets", spec.pull_secret
    if spec.workload.hub_token_secret and not spec.create_namespace:
        yield "secrets", spec.workload.hub_token_secret
