"""What a benchmark and its goals are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sense = Literal["at least", "at most"]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """One figure that a benchmark must state; `wanted` None means: state it, no threshold."""

    key: str
    title: str
    unit: str
    """`x` for a ratio of ours to the peer's figure, else the unit of the figure itself."""
    sense: Sense
    wanted: float | None

    def met(self, value: float) -> bool | None:
        """Whether `value` reaches the goal; None where there is no threshold."""
        if self.wanted is None:
            return None
        return value >= self.wanted if self.sense == "at least" else value <= self.wanted


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """One command: `python -m benchmarks NAME` runs `benchmarks.cases.MODULE`."""

    name: str
    title: str
    goals: tuple[Goal, ...]
    timeout_seconds: float

    @property
    def module(self) -> str:
        return f"benchmarks.cases.{self.name.replace('-', '_')}"
