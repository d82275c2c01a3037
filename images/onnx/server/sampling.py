"""Choosing the next token of each row from its logits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_GREEDY_BELOW = 1e-5
_BLOCK = 256
_SHARES = (1e-2, 1e-3, 1e-4)


class Sampling:
    """How one request samples, with its own random stream.

    A seed makes the stream depend on nothing but the seed: not on the other rows of the batch.
    """

    def __init__(self, temperature: float = 1.0, top_p: float = 1.0, seed: int | None = None):
        self.temperature = temperature
        self.top_p = top_p
        self.greedy = temperature < _GREEDY_BELOW
        bits = None if seed is None else seed % 2**64
        self.random = None if self.greedy else np.random.Generator(np.random.PCG64(bits))


class Sampler:
    """Draws tokens for one vocabulary, in a buffer that it keeps."""

    def __init__(self, vocab_size: int):
        blocks = -(-vocab_size // _BLOCK)
        self._blocks = np.zeros((blocks, _BLOCK), np.float32)
        """Weights of all tokens, with zeros behind the vocabulary's end."""
        self._weights = self._blocks.reshape(-1)[:vocab_size]

    def choose_tokens(
        self, logits: NDArray[np.float32], samplings: Sequence[Sampling]
    ) -> list[int]:
        """Next token per row from logits [rows, vocabulary]; one argmax for all greedy rows."""
        tokens: list[int] = logits.argmax(axis=1).tolist()
        for row, sampling in enumerate(samplings):
            if sampling.random is not None:
                self._set_weights(logits[row], sampling.temperature)
                point = sampling.random.random()
                if sampling.top_p < 1.0:
                    tokens[row] = _nucleus(self._weights, sampling.top_p, point)
                else:
                    tokens[row] = self._draw_any(point)
        return tokens

    def _set_weights(self, logits: NDArray[np.float32], temperature: float) -> None:
        """Unnormalised probabilities; the likeliest token's is 1."""
        weights = self._weights
        np.subtract(logits, logits.max(), out=weights)
        np.multiply(weights, np.float32(1 / temperature), out=weights)
        np.exp(weights, out=weights)

    def _draw_any(self, point: float) -> int:
        """First a block by the blocks' sums, then a token inside it.

        A running sum over the whole vocabulary costs ten times as much.
        """
        sums = self._blocks.sum(axis=1)
        target = point * float(sums.sum(dtype=np.float64))
        block = _first_above(sums, target)
        rest = target - float(sums[:block].sum(dtype=np.float64))
        return block * _BLOCK + _first_above(self._blocks[block], rest)


def _nucleus(weights: NDArray[np.float32], top_p: float, point: float) -> int:
    """Sample among the fewest most likely tokens that together reach `top_p`."""
    needed = top_p * float(weights.sum())
    candidates = _candidates(weights, top_p, needed)
    order = candidates[np.argsort(-weights[candidates])]
    nucleus = weights[order[: _first_above(weights[order], needed) + 1]]
    return int(order[_first_above(nucleus, point * float(nucleus.sum(dtype=np.float64)))])


def _candidates(
    weights: NDArray[np.float32], top_p: float, needed: float
) -> NDArray[np.signedinteger]:
    """Tokens that surely include the nucleus, as few as cheaply known, for sorting is dear.

    Tokens below (1 - top_p) / vocabulary of the total never belong to it, because all of those
    together weigh less than 1 - top_p.
    """
    for share in _SHARES:
        likely = np.flatnonzero(weights >= share)
        if float(weights[likely].sum()) >= needed:
            return likely
    return np.flatnonzero(weights >= (1.0 - top_p) * needed / top_p / weights.size)


def _first_above(weights: NDArray[np.float32], target: float) -> int:
    """Index at which the running sum passes `target`; never one of weight 0.

    Rounding can leave the sum short of the target: then the last index that has weight.
    """
    running = np.cumsum(weights, dtype=np.float64)
    index = int(np.count_nonzero(running <= target))
    return index if index < weights.size else int(np.flatnonzero(weights)[-1])
