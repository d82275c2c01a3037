"""How likely a request is in time, from its expected time and how widely times are spread."""

from __future__ import annotations

from math import erf, exp, log, sqrt

_Z95 = 1.6449
"""Of the normal distribution: 95 % lie below."""
_SURE = 5.0
"""From so many times the width on, too little is left to count."""


def width_of(tail: float) -> float:
    """Of a lognormal (sigma) whose 95th percentile is `tail` x its middle."""
    return log(max(tail, 1.0001)) / _Z95


def share_within(limit: float | None, middle: float, width: float) -> float:
    """Share (0..1) of times within `limit`, lognormal around `middle`; None: no limit."""
    if limit is None:
        return 1.0
    far = exp(_SURE * width)
    if middle * far <= limit:
        return 1.0
    if middle >= limit * far:
        return 0.0
    return 0.5 * (1 + erf(log(limit / middle) / (width * sqrt(2))))
