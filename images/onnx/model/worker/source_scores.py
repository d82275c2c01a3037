"""Predictions of the unquantised source: the reference, computed by transformers in fp32."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from images.onnx.model.worker.onnx_scores import BATCH
from images.onnx.model.worker.prompts import prefill_length
from images.onnx.model.worker.scores import Scores, score_logits


def score_source(model: Any, tokens: NDArray[np.int64]) -> Scores:
    """Predictions of a transformers causal model for `tokens` [prompts, length]."""
    import torch

    start = prefill_length(tokens.shape[1])
    top1: list[list[int]] = []
    loss: list[list[float]] = []
    for first in range(0, len(tokens), BATCH):
        batch = tokens[first : first + BATCH]
        with torch.inference_mode():
            output = model(input_ids=torch.from_numpy(batch), use_cache=False)
        for row, logits in zip(batch, output.logits.float().numpy(), strict=True):
            ids, losses = score_logits(logits[start - 1 : -1], row[start:])
            top1.append(ids.tolist())
            loss.append(losses.tolist())
    return Scores(tokens=tokens.tolist(), top1=top1, loss=loss)
