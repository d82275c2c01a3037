"""A cold-start budget: stages with seconds and sources, and what they decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planning.coldstart.case import StartCase

Where = Literal["node", "image", "container"]
"""What has to wait: a probe of the container sees only its own stages."""


@dataclass(frozen=True, kw_only=True)
class Seconds:
    """The range that sources span; `expected` is the usual one among them, not a mean."""

    low: float
    expected: float
    high: float

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(
            low=self.low + other.low,
            expected=self.expected + other.expected,
            high=self.high + other.high,
        )

    def times(self, low: float, expected: float, high: float) -> Seconds:
        return Seconds(low=self.low * low, expected=self.expected * expected, high=self.high * high)


NOTHING = Seconds(low=0, expected=0, high=0)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One part of a start; the next begins when it ends."""

    name: str
    where: Where
    seconds: Seconds | None
    """None: not known, for `reason`; never counted as nothing."""
    formula: str
    """With its numbers, such as `16.06 GB / 0.31 GB/s`; empty where nothing is known."""
    reason: str | None = None
    """Why it is not known, or what stands in for it."""
    source: str = ""
    """Of the figures, with dates; empty where there are none."""


@dataclass(frozen=True, kw_only=True)
class LeverSaving:
    """What one more lever saves, by computing the whole budget again with it."""

    name: str
    setting: str
    """What to write in the stack file."""
    seconds_saved: float
    """Of the expected start."""
    seconds: float
    """Expected start with it."""


@dataclass(frozen=True, kw_only=True)
class Probe:
    """A startup probe: the replica is broken after `failure_threshold` periods."""

    period_seconds: int
    failure_threshold: int

    @property
    def seconds(self) -> int:
        return self.period_seconds * self.failure_threshold


@dataclass(frozen=True, kw_only=True)
class ColdStart:
    """From the wish for one more replica to its first answer, and what follows from that."""

    case: StartCase
    stages: tuple[Stage, ...]
    total: Seconds | None
    """Of the stages that are known; None: none is."""
    unknown: tuple[str, ...]
    """Names of the stages that are not known."""
    budget_seconds: int
    """Longest start that is waited for."""
    budget_reason: str
    """How the budget came about, with numbers."""
    startup_probe: Probe
    progress_deadline_seconds: int
    """Of the Deployment."""
    await_timeout_seconds: int
    """Of Pulumi, for a change of every replica."""
    scale_down_stabilisation_seconds: int
    """Of HPA and KEDA: how long a replica must be superfluous before it goes."""
    cooldown_seconds: int
    """Of KEDA: how long nothing must come before the last replica goes."""
    held_request_timeout_seconds: int
    """Of the gateway, for a request that wakes a replica."""
    pre_stop_seconds: int
    grace_period_seconds: int
    levers: tuple[LeverSaving, ...]
    """Those not chosen that save something, the largest saving first."""

    @property
    def seconds(self) -> float | None:
        """Expected, of the stages that are known."""
        return self.total.expected if self.total else None

    @property
    def measured_or_expected(self) -> float:
        """Seconds that a start takes, for who must be ready in time: as `start.measured` says, else
        expected; where a stage is not known, the longest that is waited for."""
        measured = self.case.levers.measured
        if measured is not None:
            return measured.seconds
        return self.budget_seconds if self.seconds is None or self.at_least else self.seconds

    @property
    def at_least(self) -> bool:
        """A stage is not known: the start takes longer than `seconds`."""
        return bool(self.unknown)
