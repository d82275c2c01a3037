"""Run a finished artefact with plain ONNX Runtime, as the server does: prefill, then decode."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from images.onnx.model.worker.prompts import prefill_length
from images.onnx.model.worker.scores import Scores, score_logits

BATCH = 8
"""Prompts decoded together; bounds the memory of KV cache and logits."""

Array = NDArray[Any]


def score_artifact(directory: Path, tokens: NDArray[np.int64]) -> Scores:
    """Predictions of the artefact in `directory` for `tokens` [prompts, length]."""
    model = DecoderSession(directory)
    parts = [_score_batch(model, tokens[i : i + BATCH]) for i in range(0, len(tokens), BATCH)]
    top1 = np.concatenate([part[0] for part in parts])
    loss = np.concatenate([part[1] for part in parts])
    return Scores(tokens=tokens.tolist(), top1=top1.tolist(), loss=loss.tolist())


class DecoderSession:
    """One decoder graph as the genai model builder writes it; names come from its config."""

    def __init__(self, directory: Path) -> None:
        import onnxruntime as ort

        decoder = json.loads((directory / "genai_config.json").read_text())["model"]["decoder"]
        options = ort.SessionOptions()
        options.intra_op_num_threads = len(os.sched_getaffinity(0))
        options.log_severity_level = 3
        self._session: Any = ort.InferenceSession(
            str(directory / decoder["filename"]), options, providers=["CPUExecutionProvider"]
        )
        self._inputs: dict[str, str] = decoder["inputs"]
        self._outputs: dict[str, str] = decoder["outputs"]
        self._graph: dict[str, Any] = {i.name: i for i in self._session.get_inputs()}
        self._layers: int = decoder["num_hidden_layers"]
        self._kv_heads: int = decoder["num_key_value_heads"]
        self._head_size: int = decoder["head_size"]

    def empty_past(self, rows: int) -> dict[str, Array]:
        """KV cache of length 0 for `rows` sequences, by input name."""
        past: dict[str, Array] = {}
        for name in self._past_names():
            kind = np.float16 if "float16" in self._graph[name].type else np.float32
            past[name] = np.zeros((rows, self._kv_heads, 0, self._head_size), dtype=kind)
        return past

    def step(
        self, ids: NDArray[np.int64], past: dict[str, Array]
    ) -> tuple[NDArray[np.float32], dict[str, Array]]:
        """Logits [rows, vocabulary] after the last of `ids` [rows, new], and the longer cache."""
        rows, new = ids.shape
        before = next(iter(past.values())).shape[2]
        feed: dict[str, Array] = {
            self._inputs["input_ids"]: ids,
            self._inputs["attention_mask"]: np.ones((rows, before + new), dtype=np.int64),
            **past,
        }
        positions = self._inputs.get("position_ids")
        if positions in self._graph:
            feed[positions] = np.tile(np.arange(before, before + new), (rows, 1))
        wanted = [self._outputs["logits"], *self._present_names()]
        logits, *present = self._session.run(wanted, feed)
        return logits[:, -1].astype(np.float32), dict(zip(self._past_names(), present, strict=True))

    def _past_names(self) -> list[str]:
        keys = (self._inputs["past_key_names"], self._inputs["past_value_names"])
        return [name % layer for layer in range(self._layers) for name in keys]

    def _present_names(self) -> list[str]:
        keys = (self._outputs["present_key_names"], self._outputs["present_value_names"])
        return [name % layer for layer in range(self._layers) for name in keys]


def _score_batch(
    model: DecoderSession, tokens: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    rows, length = tokens.shape
    start = prefill_length(length)
    logits, past = model.step(tokens[:, :start], model.empty_past(rows))
    steps: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
    for position in range(start, length):
        steps.append(score_logits(logits, tokens[:, position]))
        if position + 1 < length:
            logits, past = model.step(tokens[:, position : position + 1], past)
    return np.stack([s[0] for s in steps], axis=1), np.stack([s[1] for s in steps], axis=1)
