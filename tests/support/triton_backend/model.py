"""`model.py` of Triton's Python backend: next tokens by our own runner, one step for a batch."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import triton_python_backend_utils as triton  # type: ignore[import-not-found]

CONTEXT = 256


class TritonPythonModel:
    def initialize(self, args: dict[str, str]) -> None:
        config = json.loads(args["model_config"])
        told = {name: value["string_value"] for name, value in config["parameters"].items()}
        sys.path.append(told["code"])
        from images.onnx.server.model_files import read_model_config
        from images.onnx.server.ort_runner import OrtRunner

        model = read_model_config(Path(told["folder"]))
        rows = config["max_batch_size"]
        self._runner = OrtRunner(model.graph, model, rows=rows, max_context=CONTEXT, threads=1)

    def execute(self, requests: list[Any]) -> list[Any]:
        """Every row of every request: all tokens but the last by itself, the last ones together."""
        prompts = [triton.get_input_tensor_by_name(one, "tokens").as_numpy() for one in requests]
        rows = np.concatenate(prompts)
        for row, tokens in enumerate(rows):
            self._runner.prefill(row, tokens[:-1].tolist(), 0)
        lengths = np.full(len(rows), rows.shape[1] - 1, np.int64)
        best = self._runner.decode(rows[:, -1].copy(), lengths).argmax(axis=1)
        ends = np.cumsum([len(prompt) for prompt in prompts])[:-1]
        return [
            triton.InferenceResponse([triton.Tensor("next", part.astype(np.int64)[:, None])])
            for part in np.split(best, ends)
        ]
