"""What a month of an EKS stack costs: min, expected and max of each item."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs.aws import EksSpec
from planning.catalog import Catalog
from planning.eks.cost.first_up import first_up
from planning.eks.cost.nodes import node_lines
from planning.eks.cost.services import service_lines
from planning.eks.cost.value import Bound, Cost, CostLine
from planning.placed import Placed

__all__ = ["Bound", "Cost", "CostLine", "cost_of"]


def cost_of(spec: EksSpec, placed: Placed, catalog: Catalog) -> Cost:
    if placed.chosen is None:
        raise AssertionError("a spec without a choice")
    lines = (
        *service_lines(spec, catalog),
        *node_lines(spec, placed.chosen, placed.expected, catalog),
    )
    return Cost(lines=lines, kept=tuple(_kept(spec)), first_up=first_up(placed.cold_start, catalog))


def _kept(spec: EksSpec) -> Iterator[str]:
    if spec.protect:
        yield "everything: destroy is refused while aws.protect is set, and all of it goes on"
    else:
        yield "the encryption keys, until AWS deletes them some days later"
