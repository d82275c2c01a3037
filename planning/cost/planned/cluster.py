"""What a stack asks of a cluster that bills somebody."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs.cluster import KubernetesSpec
from planning.cost.planned.made import Maker
from planning.cost.resource import Resource


def cluster_resources(spec: KubernetesSpec, maker: Maker) -> Iterator[Resource]:
    """Nodes are there already: their line says that they are not in the figures."""
    yield maker("slipway:kubernetes:Nodes", f"{spec.name}-nodes", {})
    yield from claims(spec, maker)
    if spec.gateway.service == "LoadBalancer":
        yield maker.of_cluster(
            "core/v1", "Service", f"{spec.name}-gateway", {"type": "LoadBalancer"}
        )


def claims(spec: KubernetesSpec, maker: Maker) -> Iterator[Resource]:
    """Volumes of the cluster's storage classes."""
    workload = spec.workload
    sizes = {
        "model": workload.store.size_bytes if workload.store.kind == "volume" else None,
        "compiled": workload.cache_bytes,
    }
    for part, size in sizes.items():
        if size is not None:
            body = {
                "storageClassName": workload.store.storage_class,
                "resources": {"requests": {"storage": str(size)}},
            }
            yield maker.of_cluster("core/v1", "PersistentVolumeClaim", f"{spec.name}-{part}", body)
