"""What was measured of a figure, or why it was not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One of them is None."""

    value: float | None = None
    """In the unit of the figure."""
    why_not: str | None = None
    source: str = ""
    """The query, or the columns that were added up."""
