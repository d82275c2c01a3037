"""Replicas that start, serve and leave, and a gateway that gives each the fewest requests."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from components.specs import HoldSpec
from planning.replay.group import Cohort, Ended, Group, Limits
from planning.replay.speed import Speed

_ALIKE = 0.02
"""Of the load: groups that differ by less are one."""
_NOTHING = 1e-6
"""Requests."""


@dataclass(kw_only=True)
class Fleet:
    """Billed is what starts, serves or leaves."""

    speed: Speed
    output: float
    limits: Limits
    start_seconds: float
    queue: int
    """Requests that wait in one engine; one more is refused."""
    groups: list[Group] = field(default_factory=list[Group])
    starting: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])
    """When they are ready, and how many; the last to come is the last in the list."""
    leaving: list[Group] = field(default_factory=list[Group])
    hold: HoldSpec | None = None
    """None: what comes while nobody is ready is refused."""
    held: deque[tuple[float, float]] = field(default_factory=deque[tuple[float, float]])
    """When they came and how many they are."""
    refused: float = 0.0

    @property
    def ready(self) -> int:
        return sum(group.size for group in self.groups)

    @property
    def wished(self) -> int:
        """Of the Deployment: ready and starting."""
        return self.ready + sum(many for _, many in self.starting)

    @property
    def billed(self) -> int:
        return self.wished + sum(group.size for group in self.leaving)

    @property
    def waiting(self) -> float:
        return sum(group.waiting for group in self.groups)

    @property
    def in_flight(self) -> float:
        served = sum(g.running + g.waiting for g in (*self.groups, *self.leaving))
        return served + sum(many for _, many in self.held)

    def resize(self, now: float, wanted: int) -> None:
        """More start now; fewer leave now, those that are not ready first, then the youngest."""
        missing = wanted - self.wished
        if missing > 0:
            self.starting.append((now + self.start_seconds, missing))
        while missing < 0 and self.starting:
            at, many = self.starting.pop()
            gone = min(many, -missing)
            if many > gone:
                self.starting.append((at, many - gone))
            missing += gone
        while missing < 0:
            group = self.groups.pop()
            gone = min(group.size, -missing)
            if group.size > gone:
                self.groups.append(group)
                group = _split(group, gone)
            self.leaving.append(group)
            missing += gone

    def step(self, now: float, seconds: float, came: float, usual: float) -> Ended:
        while self.starting and self.starting[0][0] <= now:
            self.groups.append(Group(size=self.starting.pop(0)[1]))
        if not self.groups or self.held:
            self._wait(now + seconds / 2, 0.0 if self.groups else came)
        self._join()
        total = Ended()
        shares = self._shares(came) if self.groups else []
        for group, share in zip(self.groups, shares, strict=True):
            room = max(0.0, group.size * (self.queue + self.speed.slots) - group.running)
            over = max(0.0, group.waiting + share - room)
            self.refused += min(over, share)
            ended = group.step(
                now, seconds, share - min(over, share), usual, self.speed, self.output, self.limits
            )
            total.add(ended)
        for group in self.leaving:
            total.add(group.step(now, seconds, 0.0, 1.0, self.speed, self.output, self.limits))
        self.leaving = [g for g in self.leaving if g.running + g.waiting > _NOTHING]
        return total

    def _wait(self, now: float, came: float) -> None:
        """At the gateway, until a replica is ready, or for as long as it holds requests."""
        if self.groups:
            group = self.groups[0]
            group.waiting += sum(many for _, many in self.held)
            group.queue.extendleft(reversed(self.held))
            self.held.clear()
            return
        longest, most = (self.hold.seconds, self.hold.requests) if self.hold else (0, 0)
        room = max(0.0, most - sum(many for _, many in self.held))
        self.held.append((now, min(came, room)))
        self.refused += max(0.0, came - room)
        while self.held and self.held[0][0] < now - longest:
            self.refused += self.held.popleft()[1]

    def _shares(self, came: float) -> list[float]:
        """To whoever has the fewest requests in flight, until all have equally many."""
        groups = self.groups
        if len(groups) == 1:
            return [came]
        order = sorted(range(len(groups)), key=lambda index: groups[index].load)
        level, size, used = groups[order[0]].load, 0, 0
        left = came
        for index in order:
            rise = (groups[index].load - level) * size
            if rise >= left:
                break
            left -= rise
            level = groups[index].load
            size += groups[index].size
            used += 1
        level += left / size if size else 0.0
        shares = [0.0] * len(groups)
        for index in order[:used]:
            shares[index] = max(0.0, level - groups[index].load) * groups[index].size
        return shares

    def _join(self) -> None:
        """Groups that have become alike."""
        index = 1
        while index < len(self.groups):
            one, other = self.groups[index - 1], self.groups[index]
            close = abs(one.load - other.load) <= 0.5 + _ALIKE * one.load
            if close and one.waiting < _NOTHING and other.waiting < _NOTHING:
                self.groups[index - 1] = _joined(one, other)
                del self.groups[index]
            else:
                index += 1


def _split(group: Group, size: int) -> Group:
    """`size` of its replicas, with their requests."""
    share = size / group.size
    rest = 1 - share
    made = Group(
        size=size,
        running=group.running * share,
        waiting=group.waiting * share,
        gap=group.gap,
        tokens=group.tokens,
        queue=deque((at, many * share) for at, many in group.queue),
        begun=deque(_scaled(one, share) for one in group.begun),
    )
    group.size -= size
    group.running *= rest
    group.waiting *= rest
    group.queue = deque((at, many * rest) for at, many in group.queue)
    group.begun = deque(_scaled(one, rest) for one in group.begun)
    return made


def _scaled(cohort: Cohort, share: float) -> Cohort:
    start, behind, many, first = cohort
    return start, behind, many * share, first


def _joined(one: Group, other: Group) -> Group:
    """In the tokens of the first."""
    shift = one.tokens - other.tokens
    begun = [*one.begun, *((at, behind + shift, many, f) for at, behind, many, f in other.begun)]
    begun.sort(key=lambda cohort: cohort[1])
    size = one.size + other.size
    return Group(
        size=size,
        running=one.running + other.running,
        waiting=one.waiting + other.waiting,
        gap=one.gap or other.gap,
        tokens=one.tokens,
        queue=deque(sorted((*one.queue, *other.queue))),
        begun=deque(begun),
    )
