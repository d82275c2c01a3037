"""From seconds of a step to what a user sees, under the scheduler of vLLM."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from statistics import median

from planning.throughput.step import Engine


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Of requests under one load."""

    ttft: float
    """Seconds to the first token, typically (median)."""
    itl: float
    """Seconds between tokens of one answer, pauses for other prompts included."""
    throughput: float
    """Tokens of all answers, a second."""
    ttft_p95: float | None = None
    """Seconds to the first token that 95 % keep; None: one user alone."""
    itl_p95: float | None = None
    """Seconds between tokens, meant over an answer, that 95 % of answers keep."""


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
    # An answer's end starts the next request. By then one step has begun; those that are scheduled
    # before the request is there come first, and there is one at least.
    request = engine.constants.request_seconds
    ttft = prefill + (itl + max(itl, request) if others else request)
    return Seen(
        ttft=ttft,
        itl=itl,
        throughput=users * output / (ttft + (output - 1) * itl),
        ttft_p95=ttft * engine.constants.ttft_tail if others else None,
        itl_p95=itl * engine.constants.itl_tail if others else None,
    )


def batch(engine: Engine, *, users: int, prompt: int, output: int, batched: int) -> Seen:
    """All ask at once, and once: how most points were measured.

    The first step begins with the first request, so it has that one's prompt alone.
    """
    now, left, started, steps = engine.constants.request_seconds, users * prompt, 0, 0
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
