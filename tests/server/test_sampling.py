"""Choosing tokens from logits."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from images.onnx.server.sampling import Sampler, Sampling

LOGITS = np.log(np.array([0.5, 0.3, 0.15, 0.05], np.float32))


def choose(logits: NDArray[np.float32], sampling: Sampling) -> int:
    return Sampler(logits.size).choose_tokens(logits[None], [sampling])[0]


def frequencies(sampling: Sampling, draws: int = 4000) -> list[float]:
    counts = Counter(choose(LOGITS, sampling) for _ in range(draws))
    return [counts[token] / draws for token in range(len(LOGITS))]


def test_temperature_zero_takes_the_likeliest_token_of_each_row() -> None:
    logits = np.array([[0, 3, 1], [2, 1, 0]], np.float32)
    assert Sampler(3).choose_tokens(logits, [Sampling(0), Sampling(0)]) == [1, 0]


def test_temperature_one_follows_the_probabilities() -> None:
    assert frequencies(Sampling(1.0, seed=1)) == pytest.approx([0.5, 0.3, 0.15, 0.05], abs=0.03)


def test_a_low_temperature_sharpens_and_a_high_one_flattens() -> None:
    likeliest = [frequencies(Sampling(t, seed=1))[0] for t in (0.5, 1.0, 2.0)]
    assert likeliest[0] > likeliest[1] + 0.1 > likeliest[2] + 0.2


def test_top_p_keeps_the_fewest_tokens_that_reach_it() -> None:
    assert frequencies(Sampling(1.0, 0.7, seed=1)) == pytest.approx([5 / 8, 3 / 8, 0, 0], abs=0.03)
    assert frequencies(Sampling(1.0, 0.4, seed=1)) == [1, 0, 0, 0]


def test_a_seed_gives_the_same_tokens_whatever_the_batch() -> None:
    random = np.random.default_rng(0)
    rows = random.normal(size=(20, 3, 1000)).astype(np.float32)
    alone, mates = Sampling(0.9, 0.95, seed=7), [Sampling(1.0), Sampling(0)]
    together = Sampling(0.9, 0.95, seed=7)
    expected = [choose(step[1], alone) for step in rows]
    got = [Sampler(1000).choose_tokens(step, [mates[0], together, mates[1]])[1] for step in rows]
    assert got == expected
    assert len(set(expected)) > 10, "a constant would prove nothing"


def test_requests_without_a_seed_differ() -> None:
    logits = np.zeros(50_000, np.float32)
    drawn = {
        tuple(choose(logits, sampling) for _ in range(4)) for sampling in (Sampling(), Sampling())
    }
    assert len(drawn) == 2


@given(
    st.lists(st.floats(-60, 60, width=32), min_size=1, max_size=600),
    st.floats(0.01, 2),
    st.floats(0.01, 1),
    st.integers(-(2**63), 2**63 - 1),
)
def test_a_sampled_token_belongs_to_the_nucleus(
    logits: list[float], temperature: float, top_p: float, seed: int
) -> None:
    values = np.array(logits, np.float32)
    token = choose(values, Sampling(temperature, top_p, seed))
    weights = np.exp((values.astype(np.float64) - values.max()) / temperature)
    likelier = weights[weights > weights[token] * (1 + 1e-4)].sum() / weights.sum()
    assert weights[token] > 0
    assert likelier < top_p + 1e-4
