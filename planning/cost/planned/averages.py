"""How many nodes each pool has on average."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from components.specs.aws import EksSpec, NodePoolSpec
from planning.placed import Placed


def averages(spec: EksSpec, placed: Placed) -> Mapping[str, Decimal | None]:
    """By the pool's name; None: not known. Pools that serve are filled in their order, and none
    has fewer nodes than it keeps; what serves no model has the nodes that it keeps."""
    pools = (*([spec.system_pool] if spec.system_pool else []), *spec.pools)
    means: dict[str, Decimal | None] = {pool.name: Decimal(pool.minimum) for pool in pools}
    wanted, selector = _wanted(placed), spec.serving.workload.placement.node_selector
    for pool in spec.pools:
        if not selector.items() <= pool.labels.items():
            continue
        means[pool.name] = None if wanted is None else _within(wanted, pool)
        if wanted is not None:
            wanted -= _within(wanted, pool)
    return means


def _wanted(placed: Placed) -> Decimal | None:
    """Nodes for the model."""
    chosen, expected = placed.chosen, placed.expected
    if chosen is None or expected is None or expected.levels is None:
        return None
    return sum(
        (Decimal(share) * chosen.nodes(count) for share, count in expected.levels), Decimal(0)
    )


def _within(wanted: Decimal, pool: NodePoolSpec) -> Decimal:
    return min(max(wanted, Decimal(pool.minimum)), Decimal(pool.maximum))
