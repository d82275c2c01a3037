"""A model of Triton's repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

TritonBackend = Literal[
    "onnxruntime", "tensorrt", "pytorch", "openvino", "python", "vllm", "tensorrtllm", "ensemble"
]
TensorType = Literal[
    "BOOL",
    "UINT8",
    "INT8",
    "INT16",
    "INT32",
    "INT64",
    "FP16",
    "BF16",
    "FP32",
    "FP64",
    "STRING",
]


@dataclass(frozen=True, kw_only=True)
class TensorSpec:
    name: str
    type: TensorType
    dims: tuple[int, ...]
    """Without the batch; -1: any size."""
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class DynamicBatchingSpec:
    """Requests that arrive close together run together."""

    delay_microseconds: int
    """Longest wait of a request for others."""
    preferred: tuple[int, ...] = ()
    """Sizes that need not wait; empty: only the largest."""
    queue: int = 0
    """Requests that wait; one more is refused. 0: no limit."""
    timeout_microseconds: int = 0
    """Longest wait in the queue, then it is refused. 0: no limit."""


@dataclass(frozen=True, kw_only=True)
class InstancesSpec:
    """Copies of a model that run at the same time."""

    count: int
    kind: Literal["cpu", "gpu", "model"]
    """`model`: where the model's own code decides."""
    gpus: tuple[int, ...] = ()
    """Empty: every GPU, with `count` copies on each."""


@dataclass(frozen=True, kw_only=True)
class EnsembleStepSpec:
    """One model of a pipeline."""

    model: str
    inputs: Mapping[str, str]
    """Tensor of the model -> tensor of the ensemble."""
    outputs: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class TritonModelSpec:
    """One folder of the repository; its weights, `model.onnx` or `model.plan`, lie in the image."""

    name: str
    backend: TritonBackend
    max_batch: int
    """0: the model has no batch dimension."""
    inputs: tuple[TensorSpec, ...] = ()
    """None of both: the backend knows."""
    outputs: tuple[TensorSpec, ...] = ()
    batching: DynamicBatchingSpec | None = None
    instances: InstancesSpec | None = None
    """None: one on each GPU, or one on the processor."""
    steps: tuple[EnsembleStepSpec, ...] = ()
    """Of an ensemble."""
    decoupled: bool = False
    """Several answers to one request, such as a stream."""
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name -> text, in the folder of version 1: `model.py`, `model.json`."""
