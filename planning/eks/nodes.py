"""How many nodes a pool has."""

from __future__ import annotations

from dataclasses import dataclass

from planning.choice import Candidate
from planning.settings import Settings
from planning.settings.pool import Pool


@dataclass(frozen=True, kw_only=True)
class Nodes:
    fewest: int
    most: int


def serving_nodes(settings: Settings, pool: Pool, chosen: Candidate, mode: str) -> Nodes:
    """A managed pool has all the nodes that it can need, as nothing adds one. Karpenter and Auto
    Mode add them, and one replica's more while a change starts a replica before it stops one."""
    warm = settings.start.warm_nodes
    least, most = (chosen.nodes(count) for count in chosen.replicas)
    surge = chosen.nodes(chosen.replicas[1] + 1) - most
    if mode == "managed":
        return _stated(pool, Nodes(fewest=most + warm, most=most + warm))
    return _stated(pool, Nodes(fewest=least + warm, most=most + warm + surge))


def other_nodes(pool: Pool) -> Nodes:
    """Of a pool that serves no model: one, unless the stack file says more."""
    return _stated(pool, Nodes(fewest=1, most=1))


def _stated(pool: Pool, nodes: Nodes) -> Nodes:
    fewest = nodes.fewest if pool.min_nodes is None else pool.min_nodes
    most = nodes.most if pool.max_nodes is None else pool.max_nodes
    return Nodes(fewest=min(fewest, most) if pool.min_nodes is None else fewest, most=max(most, 1))
