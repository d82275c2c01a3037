"""What a replica does in a slice of time, as tables of the calibrated roofline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planning.replay.chance import width_of
from planning.throughput.step import Engine

Step = Callable[[float, float], float]
"""Seconds of a step in which so many requests gain a token, and so many prompts are read."""


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Of one replica and one mix of requests; index of the tables: requests that run at once."""

    slots: int
    """Requests that can run at once: of the batch, and of the KV cache."""
    prompts: float
    """Prompts of the mean length that one step can hold."""
    plain: tuple[float, ...]
    """Seconds of a step without a prompt."""
    single: tuple[float, ...]
    """Seconds of a step with one prompt of the mean length."""
    full: tuple[float, ...]
    """Seconds of a step that is full of prompts."""
    request: float
    """Seconds of one request beside the engine's steps."""
    ttft_width: float
    """How widely times to the first token are spread (sigma of a lognormal)."""
    itl_width: float
    """The same of answers' mean gaps, under a steady load."""


def speed_of(
    engine: Engine,
    *,
    prompt: float,
    output: float,
    sequences: int,
    batched: int,
    kv_tokens: int | None,
) -> Speed:
    """`prompt` and `output`: mean tokens of a request; `batched`: most tokens of one step."""
    context = prompt + output / 2
    held = sequences if kv_tokens is None else int(kv_tokens / context)
    constants = engine.constants
    return tabled(
        lambda running, prompts: engine.step(running, context, prompts, prompt),
        slots=max(1, min(sequences, held)),
        prompts=max(1.0, batched / prompt),
        request=constants.request_seconds,
        ttft_width=width_of(constants.ttft_tail),
        itl_width=width_of(constants.itl_tail),
    )


def tabled(
    step: Step,
    *,
    slots: int,
    prompts: float,
    request: float,
    ttft_width: float,
    itl_width: float,
) -> Speed:
    running = range(slots + 1)
    return Speed(
        slots=slots,
        prompts=prompts,
        plain=tuple(step(max(1, n), 0) for n in running),
        single=tuple(step(n, 1) for n in running),
        full=tuple(step(n, prompts) for n in running),
        request=request,
        ttft_width=ttft_width,
        itl_width=itl_width,
    )
