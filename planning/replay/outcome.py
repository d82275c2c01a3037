"""What came of a replay."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(kw_only=True)
class Rows:
    """One figure a slice."""

    billed: list[int] = field(default_factory=list[int])
    """Replicas that start, serve or leave."""
    ready: list[int] = field(default_factory=list[int])
    flying: list[float] = field(default_factory=list[float])
    """Requests in flight, held ones included, when the slice has ended."""
    waiting: list[float] = field(default_factory=list[float])
    """Of them, in engines' queues."""
    late: list[float] = field(default_factory=list[float])
    """Requests that ended in it and were not in time, and refused ones."""
    begun: list[float] = field(default_factory=lambda: [0.0])
    """Requests that the gateway had let in before it, in all; one more than slices."""

    def add(
        self, billed: int, ready: int, flying: float, waiting: float, late: float, came: float
    ) -> None:
        self.begun.append(self.begun[-1] + came)
        self.billed.append(billed)
        self.ready.append(ready)
        self.flying.append(flying)
        self.waiting.append(waiting)
        self.late.append(late)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Requests are means, so they need not be whole."""

    requests: int
    answered: float
    in_time: float
    """Of the answered: first token and mean gap within the limits."""
    refused: float
    """By a full queue or gateway, or where nobody was ready."""
    unanswered: float
    """Still in flight when the replay was given up."""
    replica_seconds: float
    """Billed, up to the end of the trace."""
    seconds: float
    """Of a row."""
    rows: Rows

    @property
    def share(self) -> float:
        """Of requests, in time (0..1)."""
        return self.in_time / self.requests
