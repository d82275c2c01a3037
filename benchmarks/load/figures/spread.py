"""Percentiles."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

SHARES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99}


def at_share(ordered: Sequence[float], share: float) -> float:
    """The smallest of `ordered` that at least `share` of them do not exceed (nearest rank)."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def spread(values: Sequence[float], digits: int = 3) -> dict[str, float]:
    """Mean, percentiles and largest; empty where there are no values."""
    if not values:
        return {}
    ordered = sorted(values)
    found = {
        "mean": statistics.fmean(ordered),
        **{name: at_share(ordered, share) for name, share in SHARES.items()},
        "max": ordered[-1],
    }
    return {name: round(value, digits) for name, value in found.items()}


def quantiles(values: Sequence[float], digits: int = 3) -> list[float]:
    """Smallest, every percentile, largest: 101 values, or none where there are none."""
    ordered = sorted(values)
    return [round(at_share(ordered, step / 100), digits) for step in range(101)] if ordered else []
