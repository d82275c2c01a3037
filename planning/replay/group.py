"""Equal replicas that became ready together: what they answer in one slice of time.

A fluid: numbers of requests are means of all that could happen, so a slice takes as long to compute
for a thousand requests as for one.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import exp, sqrt

from planning.replay.chance import share_within
from planning.replay.speed import Speed


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Of the SLO, in seconds; None: not asked for."""

    ttft: float | None
    itl: float | None


@dataclass(slots=True)
class Ended:
    """Requests of a group that ended in a slice."""

    answered: float = 0.0
    in_time: float = 0.0

    def add(self, other: Ended) -> None:
        self.answered += other.answered
        self.in_time += other.in_time


Cohort = tuple[float, float, float, float]
"""Requests of one slice that run: when they began, at how many tokens of the group, how
many they are, and the share whose first token is in time."""


@dataclass(slots=True, kw_only=True)
class Group:
    """Numbers of requests are of all replicas together."""

    size: int
    running: float = 0.0
    waiting: float = 0.0
    gap: float = 0.0
    """Seconds between tokens, in the last slice."""
    tokens: float = 0.0
    """That an answer would have which runs since the group's beginning."""
    queue: deque[tuple[float, float]] = field(default_factory=deque[tuple[float, float]])
    """When they came and how many they are; they have not begun."""
    begun: deque[Cohort] = field(default_factory=deque[Cohort])

    @property
    def load(self) -> float:
        """Requests in one replica."""
        return (self.running + self.waiting) / self.size

    def step(
        self,
        now: float,
        seconds: float,
        came: float,
        usual: float,
        speed: Speed,
        output: float,
        limits: Limits,
    ) -> Ended:
        """`usual`: prompts of the mean length that one of them is like; `output`: mean tokens."""
        size = self.size
        index = min(speed.slots, int(self.running / size + 0.5))
        plain, single, full = speed.plain[index], speed.single[index], speed.full[index]
        wanted = self.waiting + came
        fastest = size * speed.prompts / full * seconds / usual
        admitted = min(wanted, fastest, max(0.0, size * speed.slots - self.running))
        prompts = admitted * usual / seconds / size
        together = prompts * (self.gap or plain)
        added = 0.0
        if together > 1e-9:
            mixed = 1 - exp(-together)
            slope = (full - single) / (speed.prompts - 1) if speed.prompts > 1 else single
            added = max(0.0, mixed * (single + slope * (together / mixed - 1) - plain))
        # A full batch takes in prompts by fits and starts; what counts is the mean of them.
        self.gap = gap = (plain + added + (self.gap or plain + added)) / 2
        first = single + gap + max(gap, speed.request)
        self._begin(now, seconds, came, admitted, first, speed, limits)
        self.running += admitted
        self.waiting = wanted - admitted
        self.tokens += seconds / gap
        share = added / gap
        noise = share / (1 - min(share, 0.95)) / sqrt(max(1.0, prompts * output * gap))
        return self._end(now + seconds, output, max(noise, speed.itl_width), limits.itl)

    def _begin(
        self,
        now: float,
        seconds: float,
        came: float,
        admitted: float,
        first: float,
        speed: Speed,
        limits: Limits,
    ) -> None:
        """First come, first served. A cohort begins in the middle of its slice."""
        middle, tokens = now + seconds / 2, self.tokens + seconds / self.gap / 2
        if came > 0:
            self.queue.append((middle, came))
        while admitted > 1e-9 and self.queue:
            since, many = self.queue[0]
            taken = min(admitted, many)
            wait = middle - since
            share = share_within(limits.ttft, first + wait, speed.ttft_width)
            self.begun.append((middle, tokens, taken, share))
            admitted -= taken
            if taken >= many:
                self.queue.popleft()
            else:
                self.queue[0] = (since, many - taken)

    def _end(self, now: float, output: float, width: float, limit: float | None) -> Ended:
        """Those with all their tokens."""
        ended = Ended()
        begun, tokens, gap = self.begun, self.tokens, self.gap
        while begun and tokens - begun[0][1] >= output:
            start, behind, many, share = begun.popleft()
            done = now - (tokens - behind - output) * gap
            ended.answered += many
            ended.in_time += many * share * share_within(limit, (done - start) / output, width)
        self.running -= ended.answered
        return ended
