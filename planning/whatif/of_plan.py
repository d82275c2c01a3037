"""What brings a plan that is made, and is over its budget, back under it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from planning.catalog import load_catalog
from planning.cost.amount import Bound
from planning.cost.guard import Way
from planning.placed import month_at
from planning.plan import Plan
from planning.whatif.back import ways_back
from planning.whatif.placed import Look


def ways_of(plan: Plan, bound: Bound) -> Iterator[Way]:
    """None for this machine, which bills nobody."""
    budget, placed, model = plan.settings.budget, plan.placed, plan.architecture
    if budget is None or placed is None or model is None:
        return
    cost = plan.eks_cost

    def month(bound: Bound) -> Decimal | None:
        return cost.total(bound) if cost else month_at(bound, placed)

    today = datetime.datetime.now(datetime.UTC).date()
    look = Look(model=model, catalog=load_catalog(), today=today)
    yield from ways_back(budget, placed, look, month, bound)
