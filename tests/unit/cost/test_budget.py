"""One rule holds a budget wherever it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from planning.cost.amount import Amount, Bound, fixed
from planning.cost.guard import Way, over
from planning.settings.budget import Budget

_RANGE = Amount(minimum=Decimal(100), expected=Decimal(250), maximum=Decimal(400))


def _budget(**keys: Any) -> Budget:
    return Budget.model_validate({"monthly": "$300", **keys})


@pytest.mark.parametrize(
    ("bound", "codes"), [("min", []), ("expected", []), ("max", ["over-budget"])]
)
def test_the_chosen_figure_is_held_against_the_month(bound: str, codes: list[str]) -> None:
    assert [one.code for one in over(_budget(bound=bound), _RANGE.at)] == codes


def test_what_costs_exactly_the_budget_is_within_and_a_cent_more_is_not() -> None:
    assert over(_budget(), fixed(Decimal(300)).at) == ()
    (problem,) = over(_budget(), fixed(Decimal("300.01")).at)
    assert (problem.severity, problem.path) == ("error", "slipway:budget.monthly")
    assert problem.got == "an estimate of at most $300.01 a month, $0.01 over"


def test_an_excess_names_the_cheapest_ways_that_are_enough() -> None:
    def ways(bound: Bound) -> Iterable[Way]:
        assert bound == "maximum"
        return [Way(fix=f"way {usd}", usd=Decimal(usd)) for usd in (350, 299, 120, 200)]

    (problem,) = over(_budget(), _RANGE.at, ways=ways)
    assert problem.fixes == (
        "write way 120: about $120.00 a month",
        "write way 200: about $200.00 a month",
        "or raise budget.monthly",
    )


def test_where_no_way_is_enough_the_nearest_says_so() -> None:
    (problem,) = over(_budget(), _RANGE.at, ways=lambda _: [Way(fix="less", usd=Decimal(301))])
    assert problem.fixes[0] == "less comes nearest, with about $301.00 a month"


def test_an_increase_is_held_against_what_is_there() -> None:
    budget = _budget(monthly="$9000", maxIncrease="$50")
    assert over(budget, _RANGE.at, fixed(Decimal(350)).at) == ()
    (problem,) = over(budget, _RANGE.at, fixed(Decimal(349)).at)
    assert (problem.code, problem.severity) == ("over-increase", "error")
    assert problem.got == "$51.00 a month more at most, $1.00 over"
    assert over(budget, _RANGE.at) == ()


def test_what_is_not_known_is_a_warning_and_not_within() -> None:
    unknown = Amount(minimum=None, expected=None, maximum=Decimal(10))
    budget = _budget(bound="expected", maxIncrease="$1")
    found = over(budget, unknown.at, unknown.at)
    assert [one.code for one in found] == ["budget-unchecked", "increase-unchecked"]
    assert {one.severity for one in found} == {"warning"}
    assert [one.code for one in over(_budget(), unknown.at, unpriced=3)] == ["budget-unchecked"]
