"""List prices of a region; another region's is never used instead."""

from __future__ import annotations

from decimal import Decimal

from planning.catalog import Catalog
from planning.eks.cost.value import CostLine, fixed, unpriced
from planning.month import HOURS


def hourly(catalog: Catalog, region: str, item: str, row: str, count: int) -> CostLine:
    """`count` of what is billed by the hour, all the time."""
    found = catalog.service_prices.get(f"{region}/{row}")
    if found is None:
        return unpriced(item, f"no price of {row} in {region} is known")
    usd = found.value.usd
    return fixed(
        item,
        f"{count} x ${usd}/h x {HOURS} h",
        usd * count * HOURS,
        f"{found.id}: {found.source} ({found.date})",
    )


def rate(catalog: Catalog, region: str, row: str) -> Decimal | None:
    found = catalog.service_prices.get(f"{region}/{row}")
    return found.value.usd if found else None


def source(catalog: Catalog, region: str, row: str) -> str:
    found = catalog.service_prices[f"{region}/{row}"]
    return f"{found.id}: {found.source} ({found.date})"
