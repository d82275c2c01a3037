"""What a month of an EKS stack costs, by the same arithmetic as its preview."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs.aws import EksSpec
from planning.catalog import Catalog
from planning.cost.estimate import estimate
from planning.cost.planned.eks import eks_resources
from planning.cost.planned.made import Maker
from planning.eks.cost.first_up import first_up
from planning.eks.cost.value import Cost
from planning.placed import Placed

__all__ = ["Cost", "cost_of"]


def cost_of(spec: EksSpec, stack: str, placed: Placed, catalog: Catalog, today: str) -> Cost:
    """`today`: ISO date, which decides what support has ended."""
    maker = Maker(stack=stack, region=spec.region)
    found = estimate((), eks_resources(spec, placed, maker), catalog, today)
    return Cost(
        # What is free by its own is not worth a line.
        lines=tuple(line for line in found.after.values() if line.kind != "free"),
        auto=spec.cluster.auto_mode,
        kept=tuple(_kept(spec, catalog)),
        first_up=first_up(placed.cold_start, catalog),
    )


def _kept(spec: EksSpec, catalog: Catalog) -> Iterator[str]:
    """With what each costs."""
    if spec.protect:
        yield "everything: destroy is refused while aws.protect is set, and all of it goes on"
        return
    yield "the encryption key, of no use at once and deleted by AWS 7 days later: no charge"
    if spec.registry is not None and spec.registry.pull_through:
        row = catalog.service_prices.get(f"{spec.region}/ecr-storage")
        price = f"${row.value.usd} a GB and month" if row else "a price that is not known here"
        yield f"what the pull-through cache has filled, which ECR made repositories for: {price}"
