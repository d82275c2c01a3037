"""What brings a stack that is over its budget back under it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planning.cost.amount import Bound
from planning.cost.guard import Figure, Way
from planning.month import HOURS
from planning.placed import Placed
from planning.settings.budget import Budget
from planning.whatif.placed import Look, placed_what_ifs


def ways_back(
    budget: Budget, placed: Placed, look: Look, month: Figure, bound: Bound
) -> Iterator[Way]:
    """As many replicas as there is money for, and every single change that the planner tries; none
    where an average is held against the budget, which no change tells before it is planned."""
    chosen, total = placed.chosen, month(bound)
    if bound == "expected" or total is None or chosen is None or chosen.monthly_usd is None:
        return
    which = 0 if bound == "minimum" else 1
    rest = total - chosen.monthly_usd[which]
    yield from _fewer(budget, placed, rest, which)
    for one in placed_what_ifs(placed, look):
        if one.fits and one.monthly_usd is not None:
            usd = rest + Decimal(str(one.monthly_usd[which]))
            if usd < total:
                yield Way(fix=f"{one.setting} ({one.change})", usd=usd)


def _fewer(budget: Budget, placed: Placed, rest: Decimal, which: int) -> Iterator[Way]:
    chosen = placed.chosen
    if chosen is None or chosen.usd_per_hour is None:
        return
    node = chosen.usd_per_hour / chosen.nodes_per_replica * HOURS
    fewest, most = chosen.replicas
    for count in range(chosen.replicas[which] - 1, 0, -1):
        usd = rest + node * chosen.nodes(count)
        if usd * 100 <= budget.monthly.cents:
            low, high = (count, most) if which == 0 else (min(fewest, count), count)
            written = f"{low}" if low == high else f"{low}..{high}"
            yield Way(fix=f"slipway:scaling.replicas: {written}", usd=usd)
            return
