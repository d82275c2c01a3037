"""The stack's language model as a model of Triton's vLLM backend."""

from __future__ import annotations

import json

from components.engines.parts import fields
from components.engines.vllm import engine_settings
from components.specs.engine import EngineSpec
from components.specs.triton import InstancesSpec, TritonModelSpec


def language_model(spec: EngineSpec) -> TritonModelSpec:
    """Raises ValueError for what this version cannot be told, or a name that is no folder's."""
    if "/" in spec.served_name:
        raise ValueError(f"{spec.served_name!r} cannot be a folder of Triton's model repository")
    engine = {"model": spec.model, **fields(spec.contract, engine_settings(spec))}
    return TritonModelSpec(
        name=spec.served_name,
        backend="vllm",
        # vLLM batches by itself: Triton hands every request on at once.
        max_batch=0,
        instances=InstancesSpec(count=1, kind="model"),
        decoupled=True,
        parameters={"REPORT_CUSTOM_METRICS": "true"},
        files={"model.json": json.dumps(engine, indent=2) + "\n"},
    )
