"""The seam between the scheduler and the model: rows of a KV cache and two kinds of step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Runner(Protocol):
    """A model with a KV cache of `rows` rows. Used by one thread.

    Returned logits are views that the next call overwrites.
    """

    rows: int
    max_context: int
    vocab_size: int

    def prefill(self, row: int, tokens: Sequence[int], past: int) -> NDArray[np.float32]:
        """Append tokens to a row that holds `past` positions; logits [vocabulary] of the last."""
        ...

    def decode(self, tokens: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
        """One token for each of the first len(tokens) rows; logits [rows, vocabulary].

        `lengths[i]` is the number of positions that row i holds before this step.
        """
        ...

    def move(self, source: int, target: int, length: int) -> None:
        """Copy the first `length` positions of a row over another row."""
        ...
