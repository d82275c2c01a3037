"""Pools of nodes: those that serve, the system's, and any others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from components.specs.aws import Capacity, NodePoolSpec, TaintSpec
from components.specs.cluster import KubernetesSpec
from planning.asked import node_mode
from planning.catalog import Catalog
from planning.catalog.rows.hardware import InstanceFacts
from planning.choice import Candidate
from planning.eks.defaults import zone_names
from planning.eks.disk import disk_spec
from planning.eks.nodes import other_nodes, serving_nodes
from planning.eks.release import node_image_spec
from planning.eks.sharing import sharing_labels
from planning.settings import Settings
from planning.settings.pool import Pool

SERVES = "slipway.dev/serves"
"""Label of nodes that serve the stack of that name."""
POOL = "slipway.dev/pool"
_GPU_TAINT = TaintSpec(key="nvidia.com/gpu", value=None, effect="NoSchedule")
_MODES: Mapping[str, Literal["managed", "karpenter", "auto"]] = {
    "managed": "managed",
    "karpenter": "karpenter",
    "auto-mode": "auto",
}
_IDLE_SECONDS = 300
"""A node without pods is kept that long: as the autoscaler waits before a replica goes."""
_TEARDOWN = 60
"""Seconds beyond its pods' grace in which a node ends."""


def serving_pools(
    settings: Settings, chosen: Candidate, serving: KubernetesSpec, catalog: Catalog
) -> tuple[NodePoolSpec, ...]:
    """Every pool of the stack file but the system's; without any, the planner's choice."""
    pools = settings.pools or (Pool(),)
    return tuple(
        _pool(settings, pool, chosen, serving, catalog) for pool in pools if pool.use != "system"
    )


def adapters(pool: Pool, facts: InstanceFacts, *, together: bool) -> int:
    """Elastic fabric adapters of a node; `together`: several of them serve one replica."""
    wanted = together if pool.efa is None else pool.efa
    return (facts.efa or 0) if wanted else 0


def _pool(
    settings: Settings, pool: Pool, chosen: Candidate, serving: KubernetesSpec, catalog: Catalog
) -> NodePoolSpec:
    serves = pool.use == "serving"
    instance = pool.instance_type or chosen.instance
    if instance is None:
        raise AssertionError("a choice for eks without an instance type came this far")
    facts = catalog.instances[instance].value
    mode = node_mode(settings, pool)
    together = serves and chosen.nodes_per_replica > 1
    nodes = serving_nodes(settings, pool, chosen, mode) if serves else other_nodes(pool)
    return NodePoolSpec(
        name=pool.name,
        mode=_MODES.get(mode, "managed"),
        instance_types=(instance, *pool.alternatives),
        capacity=_capacity(pool),
        reservation_ids=pool.reservation_ids,
        minimum=nodes.fewest,
        maximum=nodes.most,
        zones=_zones(settings, pool, together=together),
        image=node_image_spec(settings, pool, facts, catalog) if mode != "auto-mode" else None,
        disk=disk_spec(settings, pool, chosen, catalog),
        local_disks=facts.nvme_gb is not None,
        fast_pull=settings.start.image == "soci",
        gpu=facts.gpu,
        gpus_per_node=facts.gpus,
        efa_interfaces=adapters(pool, facts, together=together),
        placement_group=together if pool.placement_group is None else pool.placement_group,
        labels=_labels(pool, facts, serving, serves=serves),
        taints=tuple(_taints(facts, serving, serves=serves)),
        termination_grace_seconds=serving.workload.grace_seconds + _TEARDOWN,
        consolidate_after_seconds=_IDLE_SECONDS,
    )


def _capacity(pool: Pool) -> tuple[Capacity, ...]:
    return (pool.capacity, pool.fallback) if pool.fallback else (pool.capacity,)


def _zones(settings: Settings, pool: Pool, *, together: bool) -> tuple[str, ...]:
    """Nodes of one replica lie in one zone: traffic between zones is slow, and paid."""
    zones = pool.zones or zone_names(settings.aws)
    return zones[:1] if together else zones


def _labels(
    pool: Pool, facts: InstanceFacts, serving: KubernetesSpec, *, serves: bool
) -> dict[str, str]:
    # The device plugin goes to nodes with this label, and nothing finds GPUs out before it.
    kind = {"nvidia.com/gpu.present": "true"} if facts.gpu else {}
    mark = {SERVES: serving.name} if serves else {}
    return {POOL: pool.name, **mark, **kind, **sharing_labels(pool), **pool.node_labels}


def _taints(facts: InstanceFacts, serving: KubernetesSpec, *, serves: bool) -> Iterator[TaintSpec]:
    """Nothing else takes the room that replicas are counted on."""
    if facts.gpu is not None:
        yield _GPU_TAINT
    elif serves:
        yield TaintSpec(key=SERVES, value=serving.name, effect="NoSchedule")
