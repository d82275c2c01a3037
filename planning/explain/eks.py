"""Figures of what is made on AWS."""

from __future__ import annotations

from functools import partial

from components.specs.aws import EksSpec, NodePoolSpec
from planning.cost.amount import Bound
from planning.eks.cost.value import Cost, item
from planning.explain.value import About, Arithmetic, Figures, because, many


def _made(about: About) -> tuple[EksSpec, Cost]:
    assert about.plan.eks is not None and about.plan.eks_cost is not None
    return about.plan.eks, about.plan.eks_cost


def _pool(about: About, index: int) -> NodePoolSpec:
    spec, _ = _made(about)
    pools = (spec.system_pool, *spec.pools) if spec.system_pool else spec.pools
    return pools[index]


def _fewest(about: About, index: int) -> Arithmetic:
    pool = _pool(about, index)
    return because(
        f"as pools[].minNodes says, else {many(about.chosen.replicas[0], 'replica')} and the warm "
        f"nodes, all of them in a node group: {pool.mode}",
        result=pool.minimum,
    )


def _most(about: About, index: int) -> Arithmetic:
    pool = _pool(about, index)
    return because(
        f"as pools[].maxNodes says, else {many(about.chosen.replicas[1], 'replica')}, the warm "
        "nodes, and one replica's more while a change rolls",
        result=pool.maximum,
    )


def _disk(about: About, index: int) -> Arithmetic:
    return because(
        "as pools[].disk says, else room for the system; and for the image as pulled and unpacked, "
        "and the weights where they are fetched, unless the node has disks of its own",
        result=_pool(about, index).disk.gib,
    )


def _line(bound: Bound, about: About, index: int) -> Arithmetic:
    line = _made(about)[1].lines[index]
    usd = line.amount.at(bound) if line.amount else None
    return because(
        f"{item(line)}: {line.how}",
        *line.beside,
        result=None if usd is None else float(usd),
        sources=tuple(f"{one.id}: {one.source} ({one.date})" for one in line.prices),
    )


def _total(bound: Bound, about: About, index: int) -> Arithmetic:
    cost = _made(about)[1]
    total = cost.total(bound)
    if total is None:
        return because(
            "nodes have no known price, or their number on average is not known", result=None
        )
    known = [(line, line.amount.at(bound)) for line in cost.lines if line.amount]
    return because(
        " + ".join(f"{item(line)} {usd:.2f}" for line, usd in known if usd is not None),
        *([f"not in it: {', '.join(cost.unpriced)}"] if cost.unpriced else []),
        result=float(total),
        sources=("those of eks.costs",),
    )


FIGURES: Figures = {
    "eks.pools[].minimum": _fewest,
    "eks.pools[].maximum": _most,
    "eks.pools[].diskGib": _disk,
    "eks.costs[].minimumUsd": partial(_line, "minimum"),
    "eks.costs[].expectedUsd": partial(_line, "expected"),
    "eks.costs[].maximumUsd": partial(_line, "maximum"),
    "eks.minimumMonthlyUsd": partial(_total, "minimum"),
    "eks.expectedMonthlyUsd": partial(_total, "expected"),
    "eks.maximumMonthlyUsd": partial(_total, "maximum"),
}
