"""Section `budget`: what the stack may cost."""

from __future__ import annotations

from typing import Literal

from planning.settings.base import Section
from planning.settings.units import Money


class Budget(Section):
    """What the stack may cost."""

    monthly: Money
    """Most that a month (730 hours) may cost by the estimate."""
    max_increase: Money | None = None
    """Most that a change may add to a month. Held where there is something to compare with:
    `python -m planning cost` and the policy pack."""
    bound: Literal["min", "expected", "max"] = "max"
    """Which figure is held against them: at the fewest, on average, or at the most that scaling
    allows."""
