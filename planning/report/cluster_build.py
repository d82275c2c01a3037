"""A plan for a cluster to its part of the document."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs.cluster import KubernetesSpec
from planning.report.cluster_document import ImagePart, KubernetesPart, ReleasePart


def kubernetes_part(spec: KubernetesSpec) -> KubernetesPart:
    workload, gateway = spec.workload, spec.gateway
    return KubernetesPart(
        name=spec.name,
        namespace=spec.namespace,
        create_namespace=spec.create_namespace,
        images=tuple(_images(spec)),
        builds=spec.build.repository if spec.build else None,
        arguments=workload.container.args,
        store=workload.store.kind,
        replica_cpu_millis=workload.cpu_millis,
        replica_memory_bytes=workload.memory_bytes,
        replica_gpus=workload.placement.gpus,
        gateway_replicas=gateway.replicas[0],
        gateway_max_replicas=gateway.replicas[1],
        gateway_grace_seconds=gateway.grace_seconds,
        autoscaler=spec.autoscaling.kind if spec.autoscaling else None,
        releases=tuple(
            ReleasePart(
                name=one.name, chart=one.chart, version=one.version, namespace=one.namespace
            )
            for one in spec.charts
        ),
    )


def _images(spec: KubernetesSpec) -> Iterator[ImagePart]:
    named = (
        ("engine", spec.workload.image),
        ("base", spec.build.base if spec.build else None),
        ("gateway", spec.gateway.image),
        ("limits", spec.gateway.limits.image if spec.gateway.limits else None),
        ("counters", spec.gateway.limits.redis_image if spec.gateway.limits else None),
    )
    for role, reference in named:
        if reference is not None:
            yield ImagePart(role=role, reference=reference, pinned="@sha256:" in reference)
