"""Whether a month costs what it may: the one rule of plan check, program, command and policies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from planning.cost.amount import Bound
from planning.problems import Problem
from planning.settings.budget import Budget

Figure = Callable[[Bound], Decimal | None]
"""Dollars a month at a bound, such as `Amount.at`; None: not known."""
_BOUNDS: Mapping[str, Bound] = {"min": "minimum", "expected": "expected", "max": "maximum"}
_IN_WORDS: Mapping[Bound, str] = {
    "minimum": "at least",
    "expected": "on average",
    "maximum": "at most",
}
_SHOWN = 2


@dataclass(frozen=True, kw_only=True)
class Way:
    """A change, and about what a month comes to with it at the budget's bound."""

    fix: str
    usd: Decimal


def over(
    budget: Budget,
    totals: Figure,
    base: Figure | None = None,
    *,
    ways: Callable[[Bound], Iterable[Way]] = lambda _: (),
    unpriced: int = 0,
) -> tuple[Problem, ...]:
    """Errors where the month or its increase is too much, with the amount and the cheapest ways
    back under; a warning where that is not known, as some are `unpriced` or all of it is.

    `base`: what is there now, for `maxIncrease`. `ways` is asked only where something is over.
    """
    bound = _BOUNDS[budget.bound]
    return (*_month(budget, bound, totals, ways, unpriced), *_increase(budget, bound, totals, base))


def bound_of(budget: Budget) -> Bound:
    """Which figure the budget is about."""
    return _BOUNDS[budget.bound]


def _month(
    budget: Budget,
    bound: Bound,
    totals: Figure,
    ways: Callable[[Bound], Iterable[Way]],
    unpriced: int,
) -> Iterator[Problem]:
    usd, most = totals(bound), _exact(budget.monthly.cents)
    if usd is not None and usd > most:
        yield Problem(
            path="slipway:budget.monthly",
            code="over-budget",
            got=f"an estimate of {_IN_WORDS[bound]} {dollars(usd)} a month, {dollars(usd - most)} "
            "over",
            allowed=f"at most {budget.monthly}",
            fixes=(*_back_under(most, ways(bound)), "or raise budget.monthly"),
        )
    elif usd is None or unpriced:
        what = "something has" if usd is None or unpriced == 1 else f"{unpriced} parts have"
        said = f", {dollars(usd)} of it used" if usd is not None else ""
        yield Problem(
            path="slipway:budget.monthly",
            code="budget-unchecked",
            got=f"{budget.monthly}{said}, while {what} no known price {_IN_WORDS[bound]}",
            allowed="a stack whose parts are all priced",
            fixes=("name an instance type with a known price in the region",)
            if bound == "maximum"
            else ("hold the budget against what is known: budget.bound: max",),
            severity="warning",
        )


def _increase(
    budget: Budget, bound: Bound, totals: Figure, base: Figure | None
) -> Iterator[Problem]:
    if budget.max_increase is None or base is None:
        return
    after, before = totals(bound), base(bound)
    most = _exact(budget.max_increase.cents)
    if after is None or before is None:
        yield Problem(
            path="slipway:budget.maxIncrease",
            code="increase-unchecked",
            got=f"a change whose figures {_IN_WORDS[bound]} are not known on both sides",
            allowed="two states that are priced",
            fixes=("look at what has no price, before and after",),
            severity="warning",
        )
    elif after - before > most:
        yield Problem(
            path="slipway:budget.maxIncrease",
            code="over-increase",
            got=f"{dollars(after - before)} a month more {_IN_WORDS[bound]}, "
            f"{dollars(after - before - most)} over",
            allowed=f"at most {budget.max_increase} more than the {dollars(before)} of now",
            fixes=("make the change smaller", "or raise budget.maxIncrease for it"),
        )


def _back_under(most: Decimal, ways: Iterable[Way]) -> Iterator[str]:
    """Those that cost least; where none is enough, the nearest says so."""
    ranked = sorted(ways, key=lambda way: way.usd)
    enough = [way for way in ranked if way.usd <= most]
    for way in enough[:_SHOWN]:
        yield f"write {way.fix}: about {dollars(way.usd)} a month"
    if ranked and not enough:
        yield f"{ranked[0].fix} comes nearest, with about {dollars(ranked[0].usd)} a month"
    if not ranked:
        yield "lower scaling.replicas, or what each of them runs on"


def _exact(cents: int) -> Decimal:
    return Decimal(cents) / 100


def dollars(usd: Decimal) -> str:
    return f"${usd:,.2f}"
