"""`config.pbtxt` of one model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from components.engines.triton.text_format import Message, Scalar, Word, text_format
from components.specs.triton import (
    DynamicBatchingSpec,
    EnsembleStepSpec,
    InstancesSpec,
    TensorSpec,
    TritonModelSpec,
)


def model_config(model: TritonModelSpec) -> str:
    """Fields of Triton's ModelConfig that were asked for; the rest is Triton's default."""
    ensemble = model.backend == "ensemble"
    return text_format(
        {
            "name": model.name,
            "backend": None if ensemble else model.backend,
            "platform": "ensemble" if ensemble else None,
            "max_batch_size": model.max_batch,
            "input": [_tensor(tensor) for tensor in model.inputs],
            "output": [_tensor(tensor) for tensor in model.outputs],
            "instance_group": _instances(model.instances) if model.instances else None,
            "dynamic_batching": _batching(model.batching) if model.batching else None,
            "ensemble_scheduling": {"step": _steps(model.steps)} if model.steps else None,
            "model_transaction_policy": {"decoupled": True} if model.decoupled else None,
            "parameters": _entries(model.parameters, lambda value: {"string_value": value}),
        }
    )


def _tensor(tensor: TensorSpec) -> Message:
    return {
        "name": tensor.name,
        "data_type": Word(f"TYPE_{tensor.type}"),
        "dims": tensor.dims,
        "optional": tensor.optional or None,
    }


def _instances(instances: InstancesSpec) -> Message:
    return {
        "count": instances.count,
        "kind": Word(f"KIND_{instances.kind.upper()}"),
        "gpus": instances.gpus,
    }


def _batching(batching: DynamicBatchingSpec) -> Message:
    policy = {
        "timeout_action": Word("REJECT"),
        "default_timeout_microseconds": batching.timeout_microseconds or None,
        "max_queue_size": batching.queue or None,
    }
    limited = batching.queue or batching.timeout_microseconds
    return {
        "preferred_batch_size": batching.preferred,
        "max_queue_delay_microseconds": batching.delay_microseconds,
        "default_queue_policy": policy if limited else None,
    }


def _steps(steps: Sequence[EnsembleStepSpec]) -> list[Message]:
    return [
        {
            "model_name": step.model,
            "model_version": -1,
            "input_map": _entries(step.inputs),
            "output_map": _entries(step.outputs),
        }
        for step in steps
    ]


def _entries(
    values: Mapping[str, str], form: Callable[[str], Scalar | Message] = str
) -> list[Message]:
    return [{"key": key, "value": form(value)} for key, value in values.items()]
