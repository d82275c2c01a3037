"""One resource to exactly one of priced, free, usage and unpriced."""

from __future__ import annotations

from dataclasses import replace

from planning.catalog.rows.cost import CostKindFacts
from planning.cost.kinds import kind_of
from planning.cost.line import Line, PriceUsed, UnpricedError
from planning.cost.pricers import PRICERS
from planning.cost.prices import service_price
from planning.cost.resource import Resource
from planning.cost.stack import Stack


def line_of(resource: Resource, stack: Stack) -> Line:
    if not resource.custom:
        return Line(urn=resource.urn, kind="free", how="a component: what it holds is priced")
    row = kind_of(resource.type, stack.catalog)
    if row is None:
        how = f"how {resource.type} is billed is not known"
        return Line(urn=resource.urn, kind="unpriced", how=how)
    if row.value.free is not None:
        how = f"{row.value.free} ({row.source}, {row.date})"
        return Line(urn=resource.urn, kind="free", how=how)
    if row.value.unpriced is not None:
        return Line(urn=resource.urn, kind="unpriced", how=row.value.unpriced)
    try:
        return _billed(resource, stack, row.value)
    except UnpricedError as error:
        return Line(urn=resource.urn, kind="unpriced", how=str(error))


def _billed(resource: Resource, stack: Stack, kind: CostKindFacts) -> Line:
    beside, prices = _usage(resource, stack, kind)
    if kind.by is None:
        if not prices:
            raise UnpricedError(f"{'; '.join(beside)}")
        how = "billed by an amount that no program states"
        return Line(
            urn=resource.urn, kind="usage", how=how, prices=prices, beside=beside, by_use=prices
        )
    line = PRICERS[kind.by](resource, stack, kind)
    return replace(
        line,
        amount=line.amount.in_cents() if line.amount else None,
        prices=tuple(dict.fromkeys((*line.prices, *prices))) if line.amount else line.prices,
        beside=(*line.beside, *beside) if line.kind == "priced" else line.beside,
        by_use=prices if line.kind == "priced" else (),
    )


def _usage(
    resource: Resource, stack: Stack, kind: CostKindFacts
) -> tuple[tuple[str, ...], tuple[PriceUsed, ...]]:
    """In words, and the prices that are known."""
    words: list[str] = []
    prices: list[PriceUsed] = []
    for name in kind.usage:
        try:
            usd, used = service_price(stack.catalog, resource.region, name)
        except UnpricedError as error:
            words.append(str(error))
        else:
            words.append(f"{name}: ${usd} a {used.unit}")
            prices.append(used)
    return tuple(words), tuple(prices)
