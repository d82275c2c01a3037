"""Two objects a pool: which nodes, and what of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from components.kubernetes.karpenter.node_class import auto_node_class, ec2_node_class
from components.kubernetes.karpenter.node_pool import node_pool
from components.kubernetes.karpenter.site import NodeSite
from components.kubernetes.manifest import Manifest
from components.specs.aws import NodePoolSpec
from components.specs.cluster import KubernetesSpec


def manifests(
    spec: KubernetesSpec, pools: Iterable[NodePoolSpec], site: NodeSite
) -> tuple[Manifest, ...]:
    """A pool's class comes before the pool. Managed pools have no object."""
    return tuple(_all(spec, pools, site))


def _all(spec: KubernetesSpec, pools: Iterable[NodePoolSpec], site: NodeSite) -> Iterator[Manifest]:
    for pool in pools:
        if pool.mode == "managed":
            continue
        make = ec2_node_class if pool.mode == "karpenter" else auto_node_class
        node_class = make(spec, pool, site)
        yield node_class
        yield node_pool(spec, pool, node_class)
