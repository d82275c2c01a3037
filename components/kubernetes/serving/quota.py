"""A namespace of our own costs no more than the plan says."""

from __future__ import annotations

from components.kubernetes import names
from components.kubernetes.canary import of_canary
from components.kubernetes.manifest import Manifest, manifest
from components.specs.cluster import KubernetesSpec


def quota(spec: KubernetesSpec) -> Manifest:
    """Bounds what is paid for: GPUs and load balancers. Processors and memory come with nodes."""
    placement = spec.workload.placement
    hard = {"services.loadbalancers": str(int(spec.gateway.service == "LoadBalancer"))}
    if placement.gpus:
        hard[f"requests.{placement.gpu_resource}"] = str(_gpus(spec) + _gpus(of_canary(spec)))
    body: Manifest = {"hard": hard}
    return manifest(spec, "v1", "ResourceQuota", names.named(spec, "quota"), None, spec=body)


def _gpus(spec: KubernetesSpec | None) -> int:
    """While all replicas are replaced, each old one drains beside its new one."""
    if spec is None:
        return 0
    most = max(spec.workload.replicas)
    return 2 * most * spec.workload.engine.nodes * spec.workload.placement.gpus
