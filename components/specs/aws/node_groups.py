"""Into which groups of equal nodes a managed pool falls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from components.specs.aws.pool import Capacity, NodePoolSpec

CapacityType = Literal["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"]
_TYPES: dict[Capacity, CapacityType] = {
    "on-demand": "ON_DEMAND",
    "reservation": "ON_DEMAND",
    "spot": "SPOT",
    "capacity-block": "CAPACITY_BLOCK",
}


@dataclass(frozen=True, kw_only=True)
class NodeGroup:
    part: str
    """Of the logical name."""
    capacity: Capacity
    capacity_type: CapacityType
    """As EKS calls it."""
    reservation_id: str | None
    minimum: int
    maximum: int


def node_groups(pool: NodePoolSpec) -> tuple[NodeGroup, ...]:
    """One for each way to buy and each reservation; the pool's minimum is the first one's."""
    return tuple(
        NodeGroup(
            part=part,
            capacity=capacity,
            capacity_type=_TYPES[capacity],
            reservation_id=reservation,
            # What comes after the first is there for when that has no more.
            minimum=0 if index else pool.minimum,
            maximum=pool.maximum,
        )
        for index, (part, capacity, reservation) in enumerate(_ways(pool))
    )


def _ways(pool: NodePoolSpec) -> Iterator[tuple[str, Capacity, str | None]]:
    for capacity in pool.capacity:
        if capacity in ("on-demand", "spot"):
            yield capacity, capacity, None
            continue
        for index, reservation in enumerate(pool.reservation_ids):
            yield f"{capacity}-{index}", capacity, reservation
