"""From seconds of a step to what a user sees, under the scheduler of vLLM."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from statistics import median

from planning.throughput.step import Engine


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Means over requests."""

    ttft: float
    """Seconds to the first token."""
    itl: float
    """Seconds between tokens of one answer, pauses for other prompts included."""
    throughput: float
    """Tokens of all answers, a second."""


def steady(engine: Engine, *, users: int, prompt: int, output: int, batched: int) -> Seen:
    """Each user asks again as soon as answered, at no particular time of the others.

    While one answer grows by `output` tokens, every user's prompt comes by once: in
    output x (1 - (1 - 1 / output)^users) different steps, if none holds more than `batched`.
    """
    context = prompt + output / 2
    others = users - 1
    mixed = output * (1 - (1 - 1 / output) ** others)
    mixed = min(float(output), max(mixed, others * prompt / batched))
    plain_step = engine.step(users, context)
    together = max(1.0, others / mixed) if others else 1.0
    prefill = engine.step(users - together, context, together, prompt)
    share = mixed / output
    itl = plain_step + share * (prefill - plain_step)
    # Half of the step that runs (a long one is met more often) and the one scheduled behind it.
    running = ((1 - share) * plain_step**2 + share * prefill**2) / (2 * itl)
    waiting = (running + itl) * others / users
    ttft = waiting + prefill
    return Seen(ttft=ttft, itl=itl, throughput=users * output / (ttft + (output - 1) * itl))


def batch(engine: Engine, *, users: int, prompt: int, output: int, batched: int) -> Seen:
    """All ask at once, and once: how most points were measured.

    The first step begins with the first request, so it has that one's prompt alone.
    """
    now, left, started, steps = 0.0, users * prompt, 0, 0
    firsts: list[float] = []
    places: list[int] = []
    while left:
        tokens = min(left, batched - started) if steps else prompt
        now += engine.step(started, prompt, tokens / prompt, prompt)
        left -= tokens
        new = users - ceil(left / prompt) - started
        firsts += [now] * new
        places += [steps] * new
        started, steps = started + new, steps + 1
    full = (output - steps) * engine.step(users, prompt + output / 2)
    tail = engine.step(users / 2, prompt + output)
    lasts = [now + full + place * tail for place in places]
    waits = [last - first for first, last in zip(firsts, lasts, strict=True)]
    return Seen(
        ttft=median(firsts),
        itl=sum(waits) / users / (output - 1),
        throughput=users * output / lasts[-1],
    )
