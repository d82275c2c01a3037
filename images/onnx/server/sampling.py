"""Choosing the next token of each row from its logits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_GREEDY_BELOW = 1e-5
_BLOCK = 256


class Sampling:
    """How one request samples, with its own random stream.

    A seed makes the stream depend on nothing but the seed: not on the other rows of the batch.
    """

    def __init__(self, temperature: float = 1.0, top_p: float = 1.0, seed: int | None = None):
        self.temperature = temperature
        self.top_p = top_p
        self._random: np.random.Generator | None = None
        if not self.greedy:
            bits = None if seed is None else seed % 2**64
            self._random = np.random.Generator(np.random.PCG64(bits))

    @property
    def greedy(self) -> bool:
        return self.temperature < _GREEDY_BELOW or self.top_p <= 0.0

    def choose(self, logits: NDArray[np.float32]) -> int:
        """Next token from one row of logits [vocabulary]."""
        if self._random is None:
            return int(logits.argmax())
        weights = np.exp((logits - logits.max()) / np.float32(self.temperature))
        point = self._random.random()
        if self.top_p < 1.0:
            return _nucleus(weights, self.top_p, point)
        return _inverse_cdf(weights, point)


def choose_tokens(logits: NDArray[np.float32], samplings: Sequence[Sampling]) -> list[int]:
    """Next token per row from logits [rows, vocabulary]; one argmax for all greedy rows."""
    tokens: list[int] = logits.argmax(axis=1).tolist()
    for row, sampling in enumerate(samplings):
        if not sampling.greedy:
            tokens[row] = sampling.choose(logits[row])
    return tokens


def _nucleus(weights: NDArray[np.float32], top_p: float, point: float) -> int:
    """Sample among the fewest most likely tokens that together reach `top_p`.

    Tokens below (1 - top_p) / vocabulary of the total hold less than 1 - top_p together, so
    the nucleus never needs them and only the rest is sorted.
    """
    total = float(weights.sum(dtype=np.float64))
    candidates = np.flatnonzero(weights >= (1.0 - top_p) * total / weights.size)
    order = candidates[np.argsort(-weights[candidates], kind="stable")]
    size = _first_above(weights[order], top_p * total) + 1
    return int(order[_draw(weights[order[:size]], point)])


def _inverse_cdf(weights: NDArray[np.float32], point: float) -> int:
    """Sample among all tokens: first a block by the blocks' sums, then a token inside it.

    A running sum over the whole vocabulary costs ten times as much as the sums of blocks.
    """
    starts = np.arange(0, weights.size, _BLOCK)
    sums = np.add.reduceat(weights, starts, dtype=np.float64)
    target = point * float(sums.sum())
    block = _first_above(sums, target)
    start = block * _BLOCK
    rest = target - float(sums[:block].sum())
    return start + _first_above(weights[start : start + _BLOCK], rest)


def _draw(weights: NDArray[np.float32], point: float) -> int:
    return _first_above(weights, point * float(weights.sum(dtype=np.float64)))


def _first_above(weights: NDArray[np.floating], target: float) -> int:
    """Index at which the running sum passes `target`; never one of weight 0.

    Rounding can leave the sum short of the target: then the last index that has weight.
    """
    running = np.cumsum(weights, dtype=np.float64)
    index = int(np.count_nonzero(running <= target))
    return index if index < weights.size else int(np.flatnonzero(weights)[-1])
