"""What an autoscaler sees of a fleet when it decides."""

from __future__ import annotations

from collections.abc import Sequence

from planning.replay.outcome import Rows
from planning.replay.rules import Rules
from planning.replay.speed import Speed


class Signals:
    """By the names of the rules' triggers; of all replicas together."""

    def __init__(self, rules: Rules, seconds: float, before: Sequence[float], speed: Speed) -> None:
        self._rules, self._seconds, self._before, self._speed = rules, seconds, before, speed
        self._age = max(1, round(rules.age_seconds / seconds))

    def loads(self, index: int, rows: Rows) -> dict[str, float]:
        """At the beginning of slice `index`; nothing before the first was seen."""
        seen = index - self._age
        if seen < 0:
            return {}
        names = (trigger.name for trigger in self._rules.triggers)
        return {name: self._load(name, seen, rows) for name in names}

    def _load(self, name: str, seen: int, rows: Rows) -> float:
        flying, waiting = rows.flying[seen], rows.waiting[seen]
        if name == "queued":
            return waiting
        if name == "kv-usage":
            return (flying - waiting) / self._speed.slots
        return flying
