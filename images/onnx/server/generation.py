"""One request's way through the engine."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from .sampling import Sampling


@dataclass(eq=False, slots=True, kw_only=True)
class Generation:
    """Made by the HTTP layer, advanced by the generation thread, cancelled by either."""

    prompt: list[int]
    max_tokens: int
    sampling: Sampling
    stop: tuple[str, ...] = ()
    ignore_end: bool = False
    """Go on to `max_tokens` even when the model ends its answer (for measurements)."""
    sink: object = None
    """The HTTP layer's own object, handed back with every output."""
    cancelled: bool = False
    """Set from any thread; the row is free at the start of the next step."""

    arrived: float = field(default_factory=time.monotonic)
    first_token: float | None = None
    last_token: float | None = None
    prefilled: int = 0
    completion_tokens: int = 0
