"""One request of a trace."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arrival:
    """Lengths without text: published traces hold none."""

    at: float
    """Seconds since the first request of the trace."""
    prompt_tokens: int
    output_tokens: int
    blocks: tuple[int, ...] = ()
    """Ids of the prompt's blocks from its start, 512 tokens each (the last may be shorter): equal
    ids are equal text, which a prefix cache can hold. Empty where the format does not say."""
