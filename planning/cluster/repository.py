"""Models of Triton's repository beside the language model, in the words of its renderer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from components.specs.triton import (
    DynamicBatchingSpec,
    EnsembleStepSpec,
    InstancesSpec,
    TensorSpec,
    TritonModelSpec,
)
from planning.settings import Settings
from planning.settings.repository import DynamicBatching, RepositoryModel, Tensor


def repository_models(settings: Settings) -> Iterator[TritonModelSpec]:
    """Raises OSError or UnicodeDecodeError where `code` cannot be read: see `code_problems`."""
    for model in settings.engine.repository:
        yield TritonModelSpec(
            name=model.name,
            backend=model.backend,
            max_batch=model.max_batch_size,
            inputs=tuple(map(_tensor, model.inputs)),
            outputs=tuple(map(_tensor, model.outputs)),
            batching=_batching(model.dynamic_batching) if model.dynamic_batching else None,
            instances=_instances(model),
            steps=tuple(
                EnsembleStepSpec(model=step.model, inputs=step.inputs, outputs=step.outputs)
                for step in model.steps or ()
            ),
            parameters=model.parameters,
            files={"model.py": code_file(settings, model.code).read_text("utf-8")}
            if model.code
            else {},
        )


def code_file(settings: Settings, code: str) -> Path:
    """`code` is relative to the stack file."""
    return Path(settings.origin).parent / code


def _tensor(tensor: Tensor) -> TensorSpec:
    return TensorSpec(name=tensor.name, type=tensor.type, dims=tensor.dims)


def _batching(batching: DynamicBatching) -> DynamicBatchingSpec:
    return DynamicBatchingSpec(
        delay_microseconds=batching.delay.milliseconds * 1000,
        preferred=batching.preferred,
        queue=batching.max_queue,
        timeout_microseconds=batching.timeout.milliseconds * 1000 if batching.timeout else 0,
    )


def _instances(model: RepositoryModel) -> InstancesSpec | None:
    """None for an ensemble, which runs nothing itself."""
    if model.backend == "ensemble":
        return None
    return InstancesSpec(count=model.instances.count, kind=model.instances.kind)
