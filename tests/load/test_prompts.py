"""Prompts are as long as asked for and share their beginnings only where a trace says so."""

from __future__ import annotations

import pytest

from benchmarks.load.prompts import prompt
from planning.traces import Arrival


@pytest.mark.parametrize("tokens", [1, 16, 512, 513, 1500])
def test_a_prompt_has_a_word_for_each_token(tokens: int) -> None:
    assert len(prompt(Arrival(0, tokens, 1), 3, seed=1).split()) == tokens
    assert len(prompt(Arrival(0, tokens, 1, (1, 2)), 3, seed=1).split()) == tokens


def test_two_requests_share_no_beginning_that_a_cache_could_hold() -> None:
    one, other = (prompt(Arrival(0, 64, 1), number, seed=1).split() for number in (1, 2))
    assert one[:16] != other[:16]


def test_equal_blocks_are_equal_text_and_different_blocks_are_not() -> None:
    one = prompt(Arrival(0, 1200, 1, (5, 6, 7)), 1, seed=1).split()
    other = prompt(Arrival(0, 1200, 1, (5, 8, 7)), 2, seed=1).split()
    assert one[:512] == other[:512]
    assert one[512:1024] != other[512:1024]
