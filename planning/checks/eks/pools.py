"""Rules: nodes can be bought and run as the pool says, and hold every replica."""

from __future__ import annotations

from collections.abc import Iterator

from planning.asked import node_mode
from planning.checks.eks.facts import EksFacts
from planning.eks.nodes import serving_nodes
from planning.problems import Problem
from planning.settings.pool import Pool

_MADE = ("managed", "karpenter", "auto-mode")


def pools(facts: EksFacts) -> Iterator[tuple[str, Pool]]:
    for index, pool in enumerate(facts.settings.pools):
        yield f"slipway:pools[{index}]", pool


def node_modes_are_made(facts: EksFacts) -> Iterator[Problem]:
    for path, pool in pools(facts):
        mode, auto = node_mode(facts.settings, pool), facts.needs.auto_mode
        if mode not in _MADE:
            yield Problem(
                path=f"{path}.nodes",
                code="planned-only",
                got=f"{mode}, which is planned but not made on eks",
                allowed=", ".join(_MADE),
                fixes=("write karpenter",),
            )
        elif auto != (mode == "auto-mode") and pool.use != "system":
            yield Problem(
                path=f"{path}.nodes",
                code="auto-mode-nodes",
                got=f"{mode}, {'with' if auto else 'without'} aws.cluster.autoMode",
                allowed="auto-mode with Auto Mode, anything else without",
                fixes=("leave nodes out", f"or write autoMode: {str(not auto).lower()}"),
            )


def auto_mode_has_what_the_pool_wants(facts: EksFacts) -> Iterator[Problem]:
    if not facts.needs.auto_mode:
        return
    for path, pool in pools(facts):
        wishes = (
            ("use", "a system pool", pool.use == "system"),
            ("efa", "elastic fabric adapters", bool(pool.efa)),
            ("placementGroup", "a placement group", bool(pool.placement_group)),
            ("migProfile", "MIG", pool.mig_profile is not None),
            ("timeSlices", "time slices", pool.time_slices is not None),
            ("ami", "a node image of your own", pool.ami is not None),
            ("imageSnapshot", "a snapshot with the image", pool.image_snapshot is not None),
        )
        for key, what, wanted in wishes:
            if wanted:
                yield _not_with_auto_mode(f"{path}.{key}", what)
    if facts.chosen.nodes_per_replica > 1:
        yield _not_with_auto_mode("slipway:pools[0].nodesPerReplica", "adapters between nodes")


def capacity_is_bought(facts: EksFacts) -> Iterator[Problem]:
    for path, pool in pools(facts):
        ahead = pool.capacity in ("capacity-block", "reservation")
        if ahead and not pool.reservation_ids:
            yield Problem(
                path=f"{path}.reservationIds",
                code="reservation-missing",
                got=f"nothing, with capacity: {pool.capacity}",
                allowed="the reservations that were bought",
                fixes=("write reservationIds: [cr-…]", "or write capacity: on-demand"),
            )
        if pool.reservation_ids and not ahead:
            yield Problem(
                path=f"{path}.reservationIds",
                code="key-unused",
                got=f"reservations, with capacity: {pool.capacity}",
                allowed="with capacity: reservation or capacity-block",
                fixes=("write capacity: reservation", "or remove it"),
            )
        if pool.fallback is not None and pool.capacity == "on-demand":
            yield Problem(
                path=f"{path}.fallback",
                code="key-unused",
                got="on-demand after on-demand",
                allowed="with another capacity",
                fixes=("write capacity: spot", "or remove it"),
            )
        if pool.fallback is not None and node_mode(facts.settings, pool) == "managed":
            yield Problem(
                path=f"{path}.fallback",
                code="fallback-needs-karpenter",
                got=f"{pool.fallback} after {pool.capacity}, of a managed node group",
                allowed="with nodes: karpenter; a node group buys in one way",
                fixes=("write nodes: karpenter", "or remove fallback"),
            )


def nodes_are_enough(facts: EksFacts) -> Iterator[Problem]:
    most = 0
    for path, pool in pools(facts):
        if pool.max_nodes is not None and (pool.min_nodes or 0) > pool.max_nodes:
            yield Problem(
                path=f"{path}.minNodes",
                code="nodes-reversed",
                got=f"{pool.min_nodes} at least, {pool.max_nodes} at most",
                allowed="no more than maxNodes",
                fixes=(f"write minNodes: {pool.max_nodes}",),
            )
        if pool.use == "serving":
            mode = node_mode(facts.settings, pool)
            most += serving_nodes(facts.settings, pool, facts.chosen, mode).most
    needed = facts.chosen.nodes(facts.chosen.replicas[1])
    if facts.settings.pools and most < needed:
        yield Problem(
            path="slipway:pools[0].maxNodes",
            code="nodes-too-few",
            got=f"{most} nodes for {facts.chosen.replicas[1]} replicas",
            allowed=f"{needed} or more over all pools that serve",
            fixes=(f"write maxNodes: {needed}", "or lower scaling.replicas"),
        )


def a_managed_pool_does_not_grow(facts: EksFacts) -> Iterator[Problem]:
    """A change starts a replica before it stops one, and nothing adds a node for it."""
    pool = facts.settings.pool or Pool()
    if node_mode(facts.settings, pool) != "managed":
        return
    there = serving_nodes(facts.settings, pool, facts.chosen, "managed").fewest
    wanted = facts.chosen.nodes(facts.chosen.replicas[1] + 1)
    if there < wanted:
        yield Problem(
            path="slipway:pools[0].nodes",
            code="no-room-for-a-change",
            got=f"managed, with {there} node{'s' * (there != 1)} that nobody adds one to",
            allowed=f"{wanted}, so that a change has a place for the replica that it starts first",
            fixes=(
                "write nodes: karpenter, which adds one while a change rolls",
                f"or write minNodes: {wanted}",
            ),
            severity="warning",
        )


def _not_with_auto_mode(path: str, what: str) -> Problem:
    return Problem(
        path=path,
        code="auto-mode-lacks",
        got=f"{what}, with aws.cluster.autoMode",
        allowed="on nodes that the stack makes itself",
        fixes=("write aws.cluster.autoMode: false", "or leave it out"),
    )
