"""Key `engine.repository`: models of Triton's repository beside the one that `model` names."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Strict

from components.specs.triton import TensorType
from planning.settings.base import Count, CountOrZero, Section, worded
from planning.settings.limits import between, sizes
from planning.settings.units import Duration, Memory

Backend = Literal["python", "onnxruntime", "tensorrt", "pytorch", "openvino", "ensemble"]
FolderName = Annotated[
    str,
    worded(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$",
        "1 to 96 letters, digits, . _ or -, beginning with a letter or digit",
    ),
]
TensorName = Annotated[
    str, worded(r"^[A-Za-z_][A-Za-z0-9._:-]{0,127}$", "a tensor's name, as the model has it")
]
ParameterName = Annotated[
    str, worded(r"^[A-Za-z_][A-Za-z0-9._-]{0,63}$", "1 to 64 letters, digits, . _ or -")
]
CodeFile = Annotated[str, worded(r"^[^\x00-\x1f]{1,4096}$", "the path of a model.py")]
Size = Annotated[int, Strict(), Field(ge=-1, le=1 << 31)]
Batch = Annotated[Count, Field(le=4096)]


class Tensor(Section):
    """One input or output of a model."""

    name: TensorName
    """As the model has it."""
    type: TensorType
    """Of one number."""
    dims: Annotated[tuple[Size, ...], Field(min_length=1, max_length=8)]
    """Sizes without the batch; -1: any."""


class DynamicBatching(Section):
    """Requests that arrive close together run together."""

    delay: Annotated[Duration, between("0s", "10s")] = Duration(1)
    """Longest wait of a request for others."""
    preferred: Annotated[tuple[Batch, ...], Field(max_length=16)] = ()
    """Sizes that need not wait for more. Left out: only `maxBatchSize`."""
    max_queue: Annotated[CountOrZero, Field(le=10_000)] = 128
    """Requests that wait; one more is refused. `0`: no limit."""
    timeout: Annotated[Duration, between("1ms", "1h")] | None = None
    """Longest wait in the queue, then the request is refused. Left out: no limit."""


class Instances(Section):
    """Copies of a model that run at the same time."""

    kind: Literal["cpu", "gpu"] = "cpu"
    """`gpu`: on each GPU of a replica."""
    count: Annotated[Count, Field(le=64)] = 1
    """How many; with `gpu` on each GPU."""


class Step(Section):
    """One model of an ensemble."""

    model: FolderName
    """Its name in the repository."""
    inputs: Annotated[dict[TensorName, TensorName], Field(min_length=1)]
    """Tensor of the model: tensor of the ensemble."""
    outputs: Annotated[dict[TensorName, TensorName], Field(min_length=1)]
    """Tensor of the model: tensor of the ensemble."""


class RepositoryModel(Section):
    """One folder of Triton's model repository."""

    name: FolderName
    """Of the folder; clients ask it at `/v2/models/<name>/infer`."""
    backend: Backend
    """What loads it; `ensemble`: nothing, it joins other models."""
    inputs: Annotated[tuple[Tensor, ...], Field(min_length=1, max_length=64)]
    """What a request holds."""
    outputs: Annotated[tuple[Tensor, ...], Field(min_length=1, max_length=64)]
    """What an answer holds."""
    max_batch_size: Annotated[CountOrZero, Field(le=4096)] = 0
    """Requests that run as one; `0`: its tensors have no batch."""
    dynamic_batching: DynamicBatching | None = None
    """Left out: a batch is what one request brings."""
    instances: Instances = Instances.model_construct()
    """How many run, and where."""
    memory: Annotated[Memory, sizes("16Mi", "1Ti")] | None = None
    """Of one instance, as measured by you: of each GPU's memory with `kind: gpu`, of the pod's with
    `cpu`. Needed by all but ensembles, as nothing predicts it."""
    code: CodeFile | None = None
    """Path of the `model.py` of the `python` backend, beside the stack file. Left out: it lies in
    the image, as weights do: `/models/<name>/1/`."""
    parameters: Annotated[dict[ParameterName, str], Field(max_length=64)] = Field(
        default_factory=dict[str, str]
    )
    """What `model.py` or the backend is told; no secrets."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=32)] | None = None
    """Of an ensemble, in the order of the data."""
