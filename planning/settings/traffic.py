"""Section `traffic`: what load is expected and how fast answers must be."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.settings.base import Section
from planning.settings.limits import between
from planning.settings.tokens import Lengths
from planning.settings.units import Duration

# Whole or broken numbers, but neither text nor true/false.
Rate = Annotated[float, Field(strict=True, gt=0, le=1_000_000)]


class Slo(Section):
    """How fast answers must be for the given share of requests."""

    ttft: Annotated[Duration, between("1ms", "1h")] | None = None
    """Time to the first token."""
    itl: Annotated[Duration, between("1ms", "1m")] | None = None
    """Time from one token to the next."""
    percentile: Literal["p50", "p90", "p95", "p99"] = "p95"
    """The share of requests that must be within the times."""


class Traffic(Section):
    """Expected load: replicas and speed are planned for it where one like it was measured."""

    requests_per_second: Rate | None = None
    """Mean rate of requests."""
    peak_share: Annotated[float, Field(strict=True, ge=0, le=1)] | None = None
    """Share of the time in which the most replicas of `scaling.replicas` run, such as 0.25: for the
    expected cost of a range. 0: one replica, or the fewest, are enough."""
    prompt_tokens: Lengths | None = None
    """Tokens of a typical prompt, or `typical..long`, where 95 % are no longer: limits for p90 and
    above are held against long ones."""
    output_tokens: Lengths | None = None
    """Tokens of a typical answer, or `typical..long`."""
    slo: Slo | None = None
    """How fast answers must be."""
