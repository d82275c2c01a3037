"""Sites and traces for tests of the replay."""

from __future__ import annotations

from components.specs import HoldSpec
from components.specs.cluster import TriggerSpec
from planning.replay.group import Limits
from planning.replay.rules import Rules
from planning.replay.simulate import Site
from planning.replay.slices import Slices
from planning.replay.speed import tabled
from tests.support.paces import pace

PROMPT, OUTPUT = 1000.0, 200.0


def site(
    *,
    start: float = 60.0,
    queue: int = 10**6,
    in_flight: int = 10**9,
    per_minute: int | None = None,
    hold: HoldSpec | None = None,
) -> Site:
    """A replica that reads a prompt in 30 ms and makes a token in 8 ms, 0.1 ms more for each
    request beside it."""
    speed = tabled(
        lambda running, prompts: 0.008 + 0.0001 * running + 0.03 * prompts,
        slots=128,
        prompts=8.0,
        request=0.003,
        ttft_width=0.2,
        itl_width=0.02,
    )
    return Site(
        speed=speed,
        limits=Limits(ttft=1.0, itl=0.03),
        start_seconds=start,
        queue=queue,
        in_flight=in_flight,
        per_minute=per_minute,
        hold=hold,
    )


def even(counts: list[int], seconds: float = 0.5) -> Slices:
    """So many requests of the mean length in each slice."""
    usual = tuple(float(count) for count in counts)
    return Slices(
        seconds=seconds,
        counts=tuple(counts),
        prompt=PROMPT,
        output=OUTPUT,
        prompts=usual,
    )


def rules(
    *, minimum: int = 1, maximum: int = 8, threshold: float = 20.0, settled: int = 60
) -> Rules:
    return Rules(
        minimum=minimum,
        maximum=maximum,
        triggers=(TriggerSpec(name="in-flight", query="", threshold=threshold, activation=0),),
        up=pace(0),
        down=pace(settled),
        sync_seconds=15,
        age_seconds=0,
        poll_seconds=5,
        cooldown_seconds=120,
    )
