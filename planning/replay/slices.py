"""A trace in equal slices of time: what the fleet is asked for in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planning.traces import Arrival


@dataclass(frozen=True, kw_only=True)
class Slices:
    """Requests by slice; means are of the whole trace."""

    seconds: float
    """Of one slice."""
    counts: tuple[int, ...]
    prompt: float
    """Mean tokens of a prompt."""
    output: float
    """Mean tokens of an answer."""
    prompts: tuple[float, ...]
    """Prompt tokens of a slice over the mean prompt: how many usual ones they are."""

    @property
    def requests(self) -> int:
        return sum(self.counts)

    @property
    def length(self) -> float:
        """Seconds of all slices."""
        return self.seconds * len(self.counts)


def sliced(arrivals: Sequence[Arrival], seconds: float) -> Slices:
    """At least one request."""
    most = int(arrivals[-1].at / seconds) + 1
    counts, prompts = [0] * most, [0] * most
    for one in arrivals:
        index = int(one.at / seconds)
        counts[index] += 1
        prompts[index] += one.prompt_tokens
    prompt = sum(prompts) / len(arrivals)
    output = max(1.0, sum(one.output_tokens for one in arrivals) / len(arrivals))
    return Slices(
        seconds=seconds,
        counts=tuple(counts),
        prompt=prompt,
        output=output,
        prompts=tuple(tokens / prompt for tokens in prompts),
    )
