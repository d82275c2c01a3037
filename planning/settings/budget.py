"""Section `budget`: what the stack may cost."""

from __future__ import annotations

from planning.settings.base import Section
from planning.settings.units import Money


class Budget(Section):
    """What the stack may cost."""

    monthly: Money
    """Most that a month (730 hours) may cost by the plan's estimate."""
