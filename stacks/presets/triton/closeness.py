"""`model.py` of Triton's Python backend: how close two vectors of length 1 are, 0 to 1."""

from __future__ import annotations

import numpy as np
import triton_python_backend_utils as triton
from numpy.typing import NDArray


class TritonPythonModel:
    def execute(self, requests: list[triton.InferenceRequest]) -> list[triton.InferenceResponse]:
        return [triton.InferenceResponse([triton.Tensor("score", _scores(r))]) for r in requests]


def _scores(request: triton.InferenceRequest) -> NDArray[np.float32]:
    """One row for each of the batch."""
    left, right = (
        triton.get_input_tensor_by_name(request, name).as_numpy() for name in ("left", "right")
    )
    return np.sum(left * right, axis=1, keepdims=True).astype(np.float32)
