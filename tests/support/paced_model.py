"""A token source without a model: each row counts its positions, one token per step."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

VOCAB_SIZE = 1000


class PacedRunner:
    """The next token of a row is its length modulo 1000, so every answer can be predicted."""

    vocab_size = VOCAB_SIZE

    def __init__(self, *, rows: int, max_context: int, seconds_per_step: float = 0.0):
        self.rows = rows
        self.max_context = max_context
        self._period = seconds_per_step
        self._next_step = time.monotonic()
        self._logits = np.zeros((rows, VOCAB_SIZE), np.float32)

    def prefill(self, row: int, tokens: Sequence[int], past: int) -> NDArray[np.float32]:
        return self._peak(np.array([past + len(tokens)]))[0]

    def decode(self, tokens: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
        now = time.monotonic()
        self._next_step = max(now, self._next_step + self._period)
        time.sleep(self._next_step - now)
        return self._peak(lengths + 1)

    def move(self, source: int, target: int, length: int) -> None:
        pass

    def _peak(self, tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        logits = self._logits[: len(tokens)]
        logits.fill(0)
        logits[np.arange(len(tokens)), tokens % VOCAB_SIZE] = 1
        return logits


class NumberCodec:
    """One token per word; token 7 reads ` 7`. No token ends an answer."""

    vocab_size = VOCAB_SIZE
    end_ids: frozenset[int] = frozenset()

    def encode_text(self, text: str) -> list[int]:
        return [hash(word) % VOCAB_SIZE for word in text.split()]

    def encode_chat(self, messages: Sequence[dict[str, str]]) -> list[int]:
        return self.encode_text(" ".join(f"{m['role']} {m['content']}" for m in messages))

    def decode(self, ids: Sequence[int]) -> str:
        return "".join(f" {token}" for token in ids)
