"""From figures to pixels."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from planning.page.svg import log_ticks, ticks

_WIDE_RATIO = 12
"""From this ratio of the largest to the smallest figure on, powers are spaced evenly."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One axis."""

    low: float
    high: float
    start: float
    """Pixel of `low`."""
    end: float
    """Pixel of `high`."""
    logarithmic: bool

    def __call__(self, value: float) -> float:
        if self.logarithmic:
            share = log(value / self.low) / log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def marks(self, count: int) -> list[float]:
        """Round numbers on it, at most about `count`."""
        if not self.logarithmic:
            return ticks(self.high, count)
        found = log_ticks(self.low, self.high)
        return found[:: -(-len(found) // count)] if len(found) > count else found


def scale_of(values: list[float], start: float, end: float) -> Scale:
    """From 0 on, or even powers where positive figures span a wide ratio."""
    low, high = min(values), max(values)
    if low > 0 and high / low > _WIDE_RATIO:
        return Scale(low=low / 1.15, high=high * 1.15, start=start, end=end, logarithmic=True)
    return Scale(low=0, high=high * 1.08 or 1.0, start=start, end=end, logarithmic=False)
