"""Rules: whether the stack costs what it may."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from planning.problems import Problem
from planning.settings import Settings

if TYPE_CHECKING:
    from planning.cost.amount import Bound
    from planning.cost.guard import Figure, Way


def month_within_budget(
    settings: Settings, month: Figure, ways: Callable[[Bound], Iterable[Way]] = lambda _: ()
) -> tuple[Problem, ...]:
    """`ways` lead back under; they are asked for only where it is over."""
    if settings.budget is None:
        return ()
    # Imported late: most stacks have no budget.
    from planning.cost.guard import over

    return over(settings.budget, month, ways=ways)
