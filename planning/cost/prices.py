"""Rows of the price catalog; another region's is never used instead."""

from __future__ import annotations

from decimal import Decimal

from planning.catalog import Catalog
from planning.cost.line import PriceUsed, UnpricedError


def service_price(catalog: Catalog, region: str | None, name: str) -> tuple[Decimal, PriceUsed]:
    """Raises UnpricedError where none is known."""
    row = catalog.service_prices.get(f"{_region(region)}/{name}")
    if row is None:
        raise UnpricedError(f"no price of {name} in {region} is known")
    value = row.value
    return value.usd, PriceUsed(
        id=f"service_prices/{row.id}",
        usd=str(value.usd),
        unit=value.unit,
        source=row.source,
        date=str(row.date),
    )


def instance_price(catalog: Catalog, region: str | None, name: str) -> tuple[Decimal, PriceUsed]:
    """On demand, an hour. Raises UnpricedError where none is known."""
    row = catalog.on_demand(name, _region(region))
    if row is None:
        raise UnpricedError(f"no on-demand price of {name} in {region} is known")
    return row.value.usd_per_hour, PriceUsed(
        id=f"prices/{row.id}",
        usd=str(row.value.usd_per_hour),
        unit="hour",
        source=row.source,
        date=str(row.date),
    )


def _region(region: str | None) -> str:
    if region is None:
        raise UnpricedError("its region is not known")
    return region
