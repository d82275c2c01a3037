"""A trace through a fleet, slice by slice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.specs import HoldSpec
from planning.replay.fleet import Fleet
from planning.replay.gateway import Gateway
from planning.replay.group import Ended, Group, Limits
from planning.replay.outcome import Outcome, Rows
from planning.replay.rules import Rules, Scaler
from planning.replay.signals import Signals
from planning.replay.slices import Slices
from planning.replay.speed import Speed

_LONGEST_DRAIN = 3600.0
"""Seconds after the last request, in which answers that still run are counted; unbilled."""
_NOTHING = 1e-6


@dataclass(frozen=True, kw_only=True)
class Site:
    """What is deployed, beside the rules."""

    speed: Speed
    limits: Limits
    start_seconds: float
    """From the wish for a replica to its first answer."""
    queue: int
    """Requests that wait in one engine; one more is refused."""
    in_flight: int
    """Requests that the gateway takes at once, over all replicas; one more is refused."""
    per_minute: int | None = None
    """Requests of a minute that the gateway takes, of all keys together; None: no limit."""
    hold: HoldSpec | None = None


def replay(slices: Slices, site: Site, rules: Rules | int, before: Sequence[float] = ()) -> Outcome:
    """`rules`: of an autoscaler, or a fixed number. The same arguments give the same outcome.

    `before`: requests of the day before, by slice, for rules that look back.
    """
    first = rules if isinstance(rules, int) else max(1, rules.minimum)
    fleet = Fleet(
        speed=site.speed,
        output=slices.output,
        limits=site.limits,
        start_seconds=site.start_seconds,
        queue=site.queue,
        hold=site.hold,
        groups=[Group(size=first)],
    )
    seconds, rows, total = slices.seconds, Rows(), Ended()
    gateway = Gateway(in_flight=site.in_flight, per_minute=site.per_minute)
    decide = None if isinstance(rules, int) else _Decider(rules, seconds, before, site.speed)
    for index, came in enumerate(slices.counts):
        now = index * seconds
        if decide is not None:
            decide(index, fleet, rows)
        refused = fleet.refused
        taken = gateway.taken(now, came, fleet.in_flight)
        fleet.refused += came - taken
        usual = slices.prompts[index] / came if came else 1.0
        ended = fleet.step(now, seconds, taken, usual or 1.0)
        total.add(ended)
        late = ended.answered - ended.in_time + fleet.refused - refused
        rows.add(fleet.billed, fleet.ready, fleet.in_flight, fleet.waiting, late, taken)
    now = slices.length
    while fleet.in_flight > _NOTHING and now < slices.length + _LONGEST_DRAIN:
        total.add(fleet.step(now, seconds, 0.0, 1.0))
        now += seconds
    return Outcome(
        requests=slices.requests,
        answered=total.answered,
        in_time=total.in_time,
        refused=fleet.refused,
        unanswered=fleet.in_flight,
        replica_seconds=sum(rows.billed) * seconds,
        seconds=seconds,
        rows=rows,
    )


class _Decider:
    """The autoscaler at its moments."""

    def __init__(self, rules: Rules, seconds: float, before: Sequence[float], speed: Speed) -> None:
        self._rules, self._seconds = rules, seconds
        self._scaler = Scaler(rules)
        self._signals = Signals(rules, seconds, before, speed)
        self._sync = max(1, round(rules.sync_seconds / seconds))
        self._poll = max(1, round(rules.poll_seconds / seconds))
        self._busy = 0.0

    def __call__(self, index: int, fleet: Fleet, rows: Rows) -> None:
        now = index * self._seconds
        if self._rules.minimum == 0 and index % self._poll == 0:
            self._rest_or_wake(now, index, fleet, rows)
        if index and index % self._sync == 0 and fleet.wished:
            loads = self._signals.loads(index, rows)
            wanted = self._scaler.wanted(now, fleet.wished, loads)
            if wanted != fleet.wished:
                fleet.resize(now, wanted)

    def _rest_or_wake(self, now: float, index: int, fleet: Fleet, rows: Rows) -> None:
        """As KEDA does, which leaves everything above one replica to the HPA."""
        if any(load > 0 for load in self._signals.loads(index, rows).values()):
            self._busy = now
            if not fleet.wished:
                fleet.resize(now, 1)
        elif fleet.wished and now - self._busy >= self._rules.cooldown_seconds:
            fleet.resize(now, 0)
