"""Section `traffic`: what load is expected and how fast answers must be."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.settings.base import Section, Tokens
from planning.settings.limits import between
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
    """Expected load. Checked against the context and the limits; speed is not predicted yet."""

    requests_per_second: Rate | None = None
    """Mean rate of requests."""
    prompt_tokens: Tokens | None = None
    """Tokens of a typical prompt."""
    output_tokens: Tokens | None = None
    """Tokens of a typical answer."""
    slo: Slo | None = None
    """How fast answers must be."""
