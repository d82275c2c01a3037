"""What a model predicted for the fixed prompts: the figures that are compared."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Predictions [prompts, steps] of one model for the second half of every prompt."""

    tokens: list[list[int]]
    """The token ids [prompts, length] that were fed."""
    top1: list[list[int]]
    """Most likely next token."""
    loss: list[list[float]]
    """Negative log-likelihood, in nats, of the token that really follows."""

    @staticmethod
    def load(path: Path) -> Scores:
        """Read what `save` wrote."""
        return Scores(**json.loads(path.read_text(encoding="utf-8")))

    def save(self, path: Path) -> None:
        """Write as JSON; losses to 1e-6 nats."""
        rounded = asdict(self) | {"loss": [[round(x, 6) for x in row] for row in self.loss]}
        path.write_text(json.dumps(rounded, separators=(",", ":")), encoding="utf-8")


def score_logits(
    logits: NDArray[np.float32], following: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """(top-1 ids, losses) from logits [rows, vocabulary] and the ids [rows] that follow."""
    wide = logits.astype(np.float64)
    peak = wide.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(wide - peak).sum(axis=-1)) + peak[:, 0]
    picked = wide[np.arange(len(following)), following]
    return wide.argmax(axis=-1), log_sum - picked
