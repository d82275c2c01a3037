"""When requests are sent, decided before the first one is: an open loop waits for no answer."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planning.traces import Arrival


@dataclass(frozen=True, slots=True)
class Lengths:
    """Tokens of every request that no trace gives lengths for."""

    prompt: int
    output: int


def gamma(
    rate: float, burstiness: float, seconds: float, lengths: Lengths, seed: int
) -> tuple[Arrival, ...]:
    """Arrivals of a renewal process, `rate` a second on average, over `seconds`.

    `burstiness` is the coefficient of variation of the gaps, which are Gamma distributed: 1 is a
    Poisson process, more are bursts, 0 is a clock.
    """
    numbers = random.Random(seed)
    found: list[Arrival] = []
    at = 0.0
    for gap in _gaps(numbers, 1 / rate, burstiness):
        at += gap
        if at >= seconds:
            return tuple(found)
        found.append(Arrival(at, lengths.prompt, lengths.output))
    raise AssertionError("gaps have no end")


def replay(
    trace: Sequence[Arrival], speed: float, seconds: float | None, longest: Lengths | None
) -> tuple[Arrival, ...]:
    """The trace `speed` times as fast, its first `seconds` as then sent, or all of it.

    Longer prompts and answers than `longest` are cut to it.
    """
    found = [
        Arrival(
            one.at / speed,
            min(one.prompt_tokens, longest.prompt) if longest else one.prompt_tokens,
            # An answer of no tokens cannot be asked for.
            max(1, min(one.output_tokens, longest.output) if longest else one.output_tokens),
            one.blocks,
        )
        for one in trace
    ]
    return tuple(one for one in found if seconds is None or one.at < seconds)


def _gaps(numbers: random.Random, mean: float, burstiness: float) -> Iterator[float]:
    while True:
        if burstiness == 0:
            yield mean
        else:
            # The variation of a Gamma distribution is 1 / sqrt(shape), its mean shape * scale.
            shape = burstiness**-2
            yield numbers.gammavariate(shape, mean / shape)
