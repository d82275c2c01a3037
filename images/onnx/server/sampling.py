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
    needed = top_p * float(weights.sum(dtype=np.float64))
    floor = (1.0 - top_p) * needed / top_p / weights.size
    candidates = np.flatnonzero(weights >= floor)
    order = candidates[np.argsort(-weights[candidates], kind="stable")]
    cumulative = np.cumsum(weights[order], dtype=np.float64)
    size = min(int(np.searchsorted(cumulative, needed)) + 1, order.size)
    chosen = np.searchsorted(cumulative[:size], point * cumulative[size - 1], side="right")
    return int(order[min(int(chosen), size - 1)])


def _inverse_cdf(weights: NDArray[np.float32], point: float) -> int:
    """Sample among all tokens: first a block by the blocks' sums, then a token inside it.

    A running sum over the whole vocabulary costs ten times as much as the sums of blocks.
    """
    starts = np.arange(0, weights.size, _BLOCK)
    sums = np.add.reduceat(weights, starts, dtype=np.float64)
    cumulative = np.cumsum(sums)
    target = point * cumulative[-1]
    block = min(int(np.searchsorted(cumulative, target, side="right")), sums.size - 1)
    inside = weights[block * _BLOCK : (block + 1) * _BLOCK]
    before = cumulative[block] - sums[block]
    running = np.cumsum(inside, dtype=np.float64)
    index = int(np.searchsorted(running, target - before, side="right"))
    if index < inside.size and inside[index] > 0:
        return block * _BLOCK + index
    return block * _BLOCK + int(np.flatnonzero(inside)[-1])
