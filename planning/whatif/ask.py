"""The changes that are asked about, for any target."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from planning.catalog import Catalog
from planning.plan import Plan
from planning.settings import Settings
from planning.whatif.local import local_what_ifs
from planning.whatif.placed import Look, placed_what_ifs
from planning.whatif.value import WhatIf


def what_ifs(
    plan: Plan, catalog: Catalog, today: datetime.date, again: Callable[[Settings], Plan]
) -> tuple[WhatIf, ...]:
    """Replicas, storage of weights, division, other hardware, spot: each planned again.

    `again` makes the plan of other settings as this one was made.
    """
    if plan.local is not None:
        return tuple(local_what_ifs(plan, catalog, again))
    if plan.placed is None or plan.placed.chosen is None or plan.architecture is None:
        return ()
    look = Look(model=plan.architecture, catalog=catalog, today=today)
    return tuple(placed_what_ifs(plan.placed, look))
