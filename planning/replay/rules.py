"""How many replicas an autoscaler wants: the algorithm of Kubernetes' HorizontalPodAutoscaler.

As in pkg/controller/podautoscaler/horizontal.go (stabilizeRecommendationWithBehaviors,
convertDesiredReplicasWithBehaviorRate) and replica_calculator.go (GetExternalPerPodMetricReplicas)
of Kubernetes: external metrics with an AverageValue, of which the largest wish wins.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from components.specs.cluster import AutoscalingSpec, ScalePaceSpec, TriggerSpec

_SYNC_SECONDS = 15
"""--horizontal-pod-autoscaler-sync-period of the controller manager, its default."""
_TOLERANCE = 0.1
"""--horizontal-pod-autoscaler-tolerance, its default: so far off, nothing is done."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Of an autoscaler, whoever it is."""

    minimum: int
    maximum: int
    triggers: tuple[TriggerSpec, ...]
    up: ScalePaceSpec
    down: ScalePaceSpec
    sync_seconds: int
    """How often it decides."""
    age_seconds: float
    """How old a signal is on average when it decides."""
    poll_seconds: int
    """How often it looks whether to wake the first replica."""
    cooldown_seconds: int
    """Without load, before the last replica goes."""


def rules_of(spec: AutoscalingSpec) -> Rules:
    """Prometheus asks every `polling_seconds`; an adapter serves what a rule recorded of that."""
    age = spec.polling_seconds / 2
    return Rules(
        minimum=spec.minimum,
        maximum=spec.maximum,
        triggers=spec.triggers,
        up=spec.up,
        down=spec.down,
        sync_seconds=_SYNC_SECONDS,
        age_seconds=age if spec.kind == "keda" else 2 * age,
        poll_seconds=spec.polling_seconds,
        cooldown_seconds=spec.cooldown_seconds,
    )


class Scaler:
    """Remembers what it has wished and done, as the controller does."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._least = max(1, rules.minimum)
        self._wishes: deque[tuple[float, int]] = deque()
        self._changes: deque[tuple[float, int]] = deque()

    def wanted(self, now: float, replicas: int, loads: Mapping[str, float]) -> int:
        """`loads`: of all replicas together, by the trigger's name; what is absent says nothing."""
        rules = self._rules
        raw = max(
            (
                _proposed(loads[trigger.name], trigger.threshold, replicas)
                for trigger in rules.triggers
                if trigger.name in loads
            ),
            default=replicas,
        )
        raw = min(max(raw, self._least), rules.maximum)
        self._wishes.append((now, raw))
        lowest = min(_since(self._wishes, now - rules.up.stabilisation_seconds))
        highest = max(_since(self._wishes, now - rules.down.stabilisation_seconds))
        steady = min(max(replicas, lowest), highest)
        if steady > replicas:
            steady = min(steady, max(self._reach(now, replicas, rules.up, 1)))
        elif steady < replicas:
            steady = max(steady, min(self._reach(now, replicas, rules.down, -1)))
        steady = min(max(steady, self._least), rules.maximum)
        if steady != replicas:
            self._changes.append((now, steady - replicas))
        self._forget(now)
        return steady

    def _reach(self, now: float, replicas: int, pace: ScalePaceSpec, sign: int) -> Iterable[int]:
        """How far each policy lets it go."""
        for policy in pace.policies:
            begin = now - policy.period_seconds
            start = replicas - sum(change for at, change in self._changes if at > begin)
            if policy.kind == "Pods":
                yield start + sign * policy.value
            elif sign > 0:
                yield ceil(start * (1 + policy.value / 100))
            else:
                yield int(start * (1 - policy.value / 100))

    def _forget(self, now: float) -> None:
        rules = self._rules
        longest = max(rules.up.stabilisation_seconds, rules.down.stabilisation_seconds)
        while self._wishes and self._wishes[0][0] < now - longest:
            self._wishes.popleft()
        periods = [p.period_seconds for pace in (rules.up, rules.down) for p in pace.policies]
        while self._changes and self._changes[0][0] <= now - max(periods):
            self._changes.popleft()


def _proposed(load: float, threshold: float, replicas: int) -> int:
    ratio = load / (threshold * replicas)
    return replicas if abs(ratio - 1) <= _TOLERANCE else ceil(load / threshold)


def _since(wishes: Iterable[tuple[float, int]], begin: float) -> list[int]:
    """The last wish is always among them."""
    every = list(wishes)
    return [wish for at, wish in every if at >= begin] or [every[-1][1]]
