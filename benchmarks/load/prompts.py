"""Prompts of a wanted length, without the model's tokenizer."""

from __future__ import annotations

import random
from collections.abc import Iterator

from planning.traces import Arrival

# Short common words: with a blank before them they are one token each in the vocabularies of
# Llama, Qwen, Mistral, Gemma, SmolLM and GPT. What the server counted is in the results.
_TEXT = (
    "the of and to in is that for it as was with be by on not he his but at are this have from or "
    "had an they which one you were all her she there would their we him been has when who will no "
    "more if out so up said what its about than into them can only other time new some could these "
    "two may first then do any like my now over such our man me even most made after also did many "
    "off before must well back through years much where your way down should because long each"
)
_WORDS = tuple(_TEXT.split())
_BLOCK_TOKENS = 512
"""Of the block ids in traces (planning/traces/arrival.py)."""


def prompt(arrival: Arrival, number: int, seed: int) -> str:
    """About `prompt_tokens` tokens. Begins like another's only where blocks of a trace say so."""
    words: list[str] = []
    for block in arrival.blocks or _own(number):
        if len(words) >= arrival.prompt_tokens:
            break
        words += random.Random(f"{seed} {block}").choices(_WORDS, k=_BLOCK_TOKENS)
    rest = arrival.prompt_tokens - len(words)
    if rest > 0:
        words += random.Random(f"{seed} rest {number}").choices(_WORDS, k=rest)
    return " ".join(words[: arrival.prompt_tokens])


def _own(number: int) -> Iterator[str]:
    block = 0
    while True:
        yield f"own {number} {block}"
        block += 1
