"""The 8-bit head with one scale for each vocabulary row, for ONNX Runtime's integer GEMM.

MatMulNBits takes two rows of activations at a time, so its cost grows with the batch. The head is
the largest matrix of a small model; as a plain integer GEMM, eight rows of it cost half as much
and one row no more. Its sums are exact, so that a row's logits do not depend on the batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx_ir as ir
from numpy.typing import NDArray
from onnx_ir.passes.common import RemoveUnusedNodesPass
from onnx_ir.tape import Tape

_CONTRIB = "com.microsoft"
_LEVELS = 127
_ZERO = 128
"""Codes are unsigned around this zero: without VNNI, ONNX Runtime adds signed products in 16 bits,
which overflow."""
_LEAST_SCALE = 1e-20
"""Instead of 0, for a row of zeros."""


def use_row_head(path: Path) -> None:
    """Rewrite the model at `path`, which the builder wrote with an 8-bit head for one token a row.

    A tied embedding reads its rows from the same new matrix. Raises ValueError where the head is
    of another kind.
    """
    model = ir.load(path)
    graph = model.graph
    head = _find_head(graph)
    blocks = head.inputs[1]
    parts = _Parts.add_to(graph, _dequantised(head))
    _replace(graph, head, _project(parts, head.inputs[0]))
    for node in list(graph):
        if node.op_type == "GatherBlockQuantized" and _is_view_of(node.inputs[0], blocks):
            _replace(graph, node, _look_up(parts, node.inputs[1]))
    RemoveUnusedNodesPass()(model)
    _save_over(model, path)


@dataclass(frozen=True)
class _Parts:
    """Initializers of the new head."""

    codes: ir.Value
    """uint8 [vocabulary, hidden]."""
    scales: ir.Value
    """[vocabulary]"""
    zeros: ir.Value
    """uint8 [vocabulary]; QGemm wants as many zeros as scales."""
    zero: ir.Value
    one: ir.Value
    middle: ir.Value
    """`zero` as a float."""
    step: ir.Value
    """One level of the largest activation."""
    least: ir.Value
    last_axis: ir.Value
    token_axis: ir.Value

    @classmethod
    def add_to(cls, graph: ir.Graph, weights: NDArray[np.float32]) -> _Parts:
        """Quantise weights [vocabulary, hidden], each row by its largest."""
        scales = np.maximum(np.abs(weights).max(axis=1) / _LEVELS, _LEAST_SCALE)
        codes = np.rint(weights / scales[:, None]) + _ZERO
        arrays: dict[str, NDArray[Any]] = {
            "codes": codes.astype(np.uint8),
            "scales": scales.astype(np.float32),
            "zeros": np.full(len(codes), _ZERO, np.uint8),
            "zero": np.array(_ZERO, np.uint8),
            "one": np.array(1, np.float32),
            "middle": np.array(_ZERO, np.float32),
            "step": np.array(1 / _LEVELS, np.float32),
            "least": np.array(_LEAST_SCALE, np.float32),
            "last_axis": np.array([-1], np.int64),
            "token_axis": np.array([1], np.int64),
        }
        tape = Tape(graph)
        tensors = {name: ir.tensor(array) for name, array in arrays.items()}
        return cls(**{n: tape.initializer(t, f"lm_head.row.{n}") for n, t in tensors.items()})


def _find_head(graph: ir.Graph) -> ir.Node:
    for node in graph:
        if node.op_type == "MatMulNBits" and str(node.name).startswith("/lm_head/"):
            given = [value for value in node.inputs if value is not None]
            if node.attributes.get_int("bits", 4) == 8 and len(given) <= 4:
                return node
    raise ValueError("the model builder wrote no plain 8-bit head")


def _dequantised(head: ir.Node) -> NDArray[np.float32]:
    """The weights [vocabulary, hidden] of an 8-bit MatMulNBits."""
    size, hidden = head.attributes.get_int("N"), head.attributes.get_int("K")
    codes, scales, *zeros = (value.const_value.numpy() for value in head.inputs[1:])
    middle = zeros[0].reshape(size, -1, 1).astype(np.float32) if zeros else np.float32(_ZERO)
    blocks = codes.reshape(size, scales.size // size, -1).astype(np.float32) - middle
    return (blocks * scales.reshape(size, -1, 1)).reshape(size, -1)[:, :hidden]


def _project(parts: _Parts, hidden: ir.Value) -> Tape:
    """Logits [batch, 1, vocabulary] of hidden [batch, 1, hidden], in 8 bits by its own largest."""
    tape = Tape()
    largest = tape.op("ReduceMax", [tape.op("Abs", [hidden]), parts.last_axis], {"keepdims": 1})
    scale = tape.op("Max", [tape.op("Mul", [largest, parts.step]), parts.least])
    levels = tape.op("Add", [tape.op("Round", [tape.op("Div", [hidden, scale])]), parts.middle])
    tokens = tape.op("Cast", [levels], {"to": ir.DataType.UINT8})
    matrix = tape.op("Squeeze", [tokens, parts.token_axis])
    factors = [matrix, parts.one, parts.zero, parts.codes, parts.scales, parts.zeros]
    product = tape.op("QGemm", factors, {"transB": 1}, domain=_CONTRIB)
    tape.op("Mul", [tape.op("Unsqueeze", [product, parts.token_axis]), scale])
    return tape


def _look_up(parts: _Parts, ids: ir.Value) -> Tape:
    """Embeddings [batch, length, hidden] of ids [batch, length]."""
    tape = Tape()
    codes = tape.op("Cast", [tape.op("Gather", [parts.codes, ids])], {"to": ir.DataType.FLOAT})
    scales = tape.op("Unsqueeze", [tape.op("Gather", [parts.scales, ids]), parts.last_axis])
    tape.op("Mul", [tape.op("Sub", [codes, parts.middle]), scales])
    return tape


def _is_view_of(value: ir.Value, initializer: ir.Value) -> bool:
    producer = value.producer()
    return value is initializer or (
        producer is not None and producer.op_type == "Reshape" and producer.inputs[0] is initializer
    )


def _replace(graph: ir.Graph, node: ir.Node, tape: Tape) -> None:
    """Put the nodes of `tape` in the place of `node`; the last one's output is the node's."""
    new = tape.nodes[-1].outputs[0]
    ir.convenience.replace_nodes_and_values(
        graph, node, [node], tape.nodes, [node.outputs[0]], [new]
    )


def _save_over(model: ir.Model, path: Path) -> None:
    """Save in place of the files that the model's tensors still read."""
    fresh = path.with_name("row-head")
    fresh.mkdir()
    ir.save(model, fresh / path.name, external_data=f"{path.name}.data")
    for file in fresh.iterdir():
        file.replace(path.with_name(file.name))
    fresh.rmdir()
