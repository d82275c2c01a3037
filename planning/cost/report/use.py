"""What is billed by use, at amounts that somebody assumes: beside the totals, never in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from planning.cost.assumed import SPREAD, Assumed
from planning.cost.estimate import Estimate
from planning.cost.line import Line, PriceUsed
from planning.cost.report.document import AssumedPart, Spread, UsageCost, UsePart

_CENT = Decimal("0.01")


def use_part(
    found: Estimate, assumed: Mapping[str, Assumed], before: Mapping[str, Assumed]
) -> UsePart:
    """`before`: what the base assumes."""
    rows = tuple(_rows(found.after.values(), assumed))
    old = tuple(_rows(found.before.values(), before))
    items = dict.fromkeys((*assumed, *before))
    used = {name for line in found.after.values() for name, _ in _billed(line)}
    return UsePart(
        monthly_usd=_total(rows),
        before=_total(old),
        resources=rows,
        assumed=tuple(
            AssumedPart(
                item=item,
                now=_spread(assumed[item]) if item in assumed else None,
                was=_spread(before[item]) if item in before else None,
            )
            for item in items
        ),
        not_assumed=tuple(sorted(used - assumed.keys())),
    )


def _rows(lines: Iterable[Line], assumed: Mapping[str, Assumed]) -> Iterator[UsageCost]:
    for line in lines:
        for item, price in _billed(line):
            if item not in assumed:
                continue
            amounts = assumed[item]
            dollars = {
                key: (getattr(amounts, key) * Decimal(price.usd)).quantize(_CENT) for key in SPREAD
            }
            yield UsageCost(
                urn=line.urn,
                item=item,
                unit=price.unit,
                assumed=_spread(amounts),
                monthly_usd=Spread(**{key: float(usd) for key, usd in dollars.items()}),
            )


def _billed(line: Line) -> Iterator[tuple[str, PriceUsed]]:
    for price in line.by_use:
        yield price.id.rpartition("/")[2], price


def _spread(amounts: Assumed) -> Spread:
    return Spread(**{key: float(getattr(amounts, key)) for key in SPREAD})


def _total(rows: Iterable[UsageCost]) -> Spread:
    sums = {
        key: sum((Decimal(str(getattr(row.monthly_usd, key))) for row in rows), Decimal(0))
        for key in SPREAD
    }
    return Spread(**{key: float(usd) for key, usd in sums.items()})
