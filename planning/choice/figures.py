"""Which prediction a limit is held against."""

from __future__ import annotations

from typing import Literal

from planning.choice.wanted import Percentile
from planning.throughput import Performance, Range

Figure = Literal["ttft_ms", "itl_ms"]


def compared(
    seen: Performance, figure: Figure, percentile: Percentile
) -> tuple[Range | None, bool]:
    """The prediction, and whether a limit for that percentile can hold by it.

    What 95 % keep, 90 % keep too. Where no percentile is predicted, the typical figure can still
    show that a limit is out of reach, but not that it holds.
    """
    typical: Range | None = getattr(seen, figure)
    if percentile == "p50":
        return typical, True
    tail: Range | None = getattr(seen, f"{figure.removesuffix('_ms')}_p95_ms")
    if percentile != "p99" and tail is not None:
        return tail, True
    return typical, False
