"""A small tied model before and after its head is rewritten, compared by ONNX Runtime.

A program for the conversion environment, which has the `onnx` library:
`python row_head_figures.py <empty folder> <bits of the head>`. It prints one JSON object.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

sys.path.insert(0, str(Path(__file__).parents[2]))

from images.onnx.model.worker.row_head import use_row_head

VOCABULARY, HIDDEN, BLOCK = 96, 64, 32
BATCH = 8


def figures(folder: Path, bits: int) -> dict[str, float | bool]:
    """Relative errors of logits and embeddings, and whether a row alone has the same bits."""
    path = folder / "model.onnx"
    _write(path, bits)
    random = np.random.default_rng(1)
    hidden = random.standard_normal((BATCH, 1, HIDDEN)).astype(np.float32)
    # All products at their largest with one sign: 16-bit sums would overflow.
    hidden[0] = 3.0
    hidden[1] = 0.0
    ids = np.arange(0, VOCABULARY, 7)[None]
    before = _run(path, hidden, ids)
    use_row_head(path)
    after = _run(path, hidden, ids)
    alone = [_run(path, hidden[row : row + 1], ids)[0][0] for row in range(BATCH)]
    return {
        "logits": _error(before[0], after[0]),
        "embeddings": _error(before[1], after[1]),
        "batch_changes_nothing": bool(np.array_equal(np.stack(alone), after[0])),
        "files": len(list(folder.iterdir())),
    }


def _write(path: Path, bits: int) -> None:
    random = np.random.default_rng(0)
    blocks = HIDDEN // BLOCK
    codes = random.integers(0, 256, (VOCABULARY, blocks, BLOCK * bits // 8), dtype=np.uint8)
    codes[0] = 255
    tensors: dict[str, Any] = {
        "codes": codes,
        "scales": random.uniform(0.01, 0.02, (VOCABULARY, blocks)).astype(np.float32),
        "zeros": np.full((VOCABULARY, blocks * bits // 8), 2 ** (bits - 1) if bits == 8 else 0x88),
        "flat": np.array([VOCABULARY, HIDDEN * bits // 8], np.int64),
    }
    tensors["zeros"] = tensors["zeros"].astype(np.uint8)
    contrib = {"domain": "com.microsoft", "bits": bits, "block_size": BLOCK}
    weights = ["codes", "scales", "zeros"]
    nodes = [
        helper.make_node("Reshape", ["codes", "flat"], ["table"]),
        helper.make_node(
            "GatherBlockQuantized",
            ["table", "ids", "scales", "zeros"],
            ["embeddings"],
            gather_axis=0,
            quantize_axis=1,
            **contrib,
        ),
        helper.make_node(
            "MatMulNBits",
            ["hidden", *weights],
            ["logits"],
            name="/lm_head/MatMul_Q",
            K=HIDDEN,
            N=VOCABULARY,
            **contrib,
        ),
    ]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes,
        "head",
        [
            value("hidden", TensorProto.FLOAT, ["batch", 1, HIDDEN]),
            value("ids", TensorProto.INT64, ["rows", "length"]),
        ],
        [
            value("logits", TensorProto.FLOAT, ["batch", 1, VOCABULARY]),
            value("embeddings", TensorProto.FLOAT, ["rows", "length", HIDDEN]),
        ],
        [numpy_helper.from_array(array, name) for name, array in tensors.items()],
    )
    opsets = [helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=10), path)


def _run(path: Path, hidden: Any, ids: Any) -> Any:
    session = ort.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(["logits", "embeddings"], {"hidden": hidden, "ids": ids})


def _error(before: Any, after: Any) -> float:
    return float(np.abs(before - after).max() / np.abs(before).max())


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1]), int(sys.argv[2]))))
