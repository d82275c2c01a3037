"""Rules: whether the stack costs what it may."""

from __future__ import annotations

from collections.abc import Iterator

from planning.problems import Problem
from planning.settings import Settings


def month_within_budget(settings: Settings, monthly_usd: float | None) -> Iterator[Problem]:
    budget = settings.budget
    if budget is not None and monthly_usd is None:
        yield Problem(
            path="slipway:budget.monthly",
            code="budget-unchecked",
            got=f"{budget.monthly}, while something has no known price",
            allowed="a plan whose parts are all priced",
            fixes=("name an instance type with a known price in the region",),
            severity="warning",
        )
    if budget is not None and monthly_usd is not None and monthly_usd > budget.monthly.usd:
        yield Problem(
            path="slipway:budget.monthly",
            code="over-budget",
            got=f"an estimate of ${monthly_usd:.2f} a month",
            allowed=f"at most {budget.monthly}",
            fixes=("lower scaling.replicas", "or raise budget.monthly"),
        )
