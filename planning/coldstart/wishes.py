"""What a stack file asks for that a start can break."""

from __future__ import annotations

from dataclasses import dataclass, field

from planning.compatibility.deployment import Capacity


@dataclass(frozen=True, kw_only=True)
class StartPaths:
    """The keys of the stack file that problems are about."""

    start: str = "slipway:start"
    replicas: str = "slipway:scaling.replicas"
    drain: str = "slipway:engine.drain"
    request_timeout: str = "slipway:engine.requestTimeout"
    pre_stop: str = "slipway:stop.preStop"
    grace_period: str = "slipway:stop.gracePeriod"


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """Values of the settings, as plain numbers."""

    minimum_replicas: int = 1
    maximum_replicas: int = 1
    ttft_seconds: float | None = None
    """Of the SLO."""
    percentile: str = "p95"
    request_timeout_seconds: float = 300
    capacity: Capacity = "on-demand"
    paths: StartPaths = field(default_factory=StartPaths)
