"""One change and its outcome."""

from __future__ import annotations

from dataclasses import dataclass

from planning.throughput import Range


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """The plan with one thing changed."""

    change: str
    """In words."""
    setting: str
    """What to write in the stack file."""
    place: str
    """Where it would run."""
    fits: bool
    why_not: str | None
    """The gravest problem, where it does not fit."""
    monthly_usd: tuple[float, float] | None
    """At the fewest and most replicas; None: unpriced."""
    unpriced: str | None
    """Why there is no price."""
    kv_cache_tokens: int | None
    """Of one replica; None: nothing was reckoned."""
    itl_ms: Range | None
    """None: no estimate."""
