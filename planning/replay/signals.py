"""What an autoscaler sees of a fleet when it decides."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from components.specs.cluster import TriggerSpec
from planning.cluster.autoscaling import RATE_SECONDS
from planning.replay.outcome import Rows
from planning.replay.rules import Rules
from planning.replay.speed import Speed


class Signals:
    """By the names of the rules' triggers; of all replicas together."""

    def __init__(self, rules: Rules, seconds: float, before: Sequence[float], speed: Speed) -> None:
        """`before`: requests by slice of the period that rules look back to."""
        self._rules, self._seconds, self._speed = rules, seconds, speed
        self._age = max(1, round(rules.age_seconds / seconds))
        self._wide = max(1, round(RATE_SECONDS / seconds))
        rates = rates_of(before, seconds)
        self._before = {
            one.name: largest_ahead(rates, round(one.look_back.window_seconds / seconds))
            for one in rules.triggers
            if one.look_back is not None
        }

    def loads(self, index: int, rows: Rows) -> dict[str, float]:
        """At the beginning of slice `index`; of now nothing before the first was seen."""
        return {
            one.name: load
            for one in self._rules.triggers
            if (load := self._load(one, index, rows)) is not None
        }

    def _load(self, trigger: TriggerSpec, index: int, rows: Rows) -> float | None:
        if trigger.look_back is not None:
            ahead = self._before[trigger.name]
            return ahead[index] if index < len(ahead) else 0.0
        seen = index - self._age
        if seen < 0:
            return None
        flying, waiting = rows.flying[seen], rows.waiting[seen]
        if trigger.name == "queued":
            return waiting
        if trigger.name == "kv-usage":
            return (flying - waiting) / self._speed.slots
        if trigger.name == "arrivals":
            begun = rows.begun[seen + 1] - rows.begun[max(0, seen + 1 - self._wide)]
            return begun / RATE_SECONDS
        return flying


def rates_of(counts: Sequence[float], seconds: float) -> list[float]:
    """Of the window that ends with each slice of so many seconds, a second."""
    wide = max(1, round(RATE_SECONDS / seconds))
    total, sums = 0.0, [0.0]
    for count in counts:
        total += count
        sums.append(total)
    return [(sums[end] - sums[max(0, end - wide)]) / RATE_SECONDS for end in range(1, len(sums))]


def largest_ahead(values: Sequence[float], width: int) -> list[float]:
    """Of each value and the `width` that follow it."""
    found: list[float] = [0.0] * len(values)
    best: deque[int] = deque()
    for index in range(len(values) - 1, -1, -1):
        while best and values[best[-1]] <= values[index]:
            best.pop()
        best.append(index)
        if best[0] > index + width:
            best.popleft()
        found[index] = values[best[0]]
    return found
