"""What the ONNX engine does where the stack file leaves it open."""

from __future__ import annotations

from typing import cast

from components.specs import ModelSpec, Quantization
from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.catalog.rows import ModelRow, ProcessFacts
from planning.fit import Memory, replica_memory
from planning.settings import Settings
from planning.settings.engine import Engine

DEFAULT_ROWS = 8


def onnx_quantization(engine: Engine) -> Quantization:
    """The rules refuse what no device of the ONNX engine runs."""
    return cast(Quantization, engine.quantization or "int4")


def onnx_model(settings: Settings, catalog: Catalog, row: ModelRow | None, name: str) -> ModelSpec:
    """The artefact that is made of the model; `name` is what clients send."""
    model = settings.models[0]
    quantization = onnx_quantization(settings.engine)
    exactness = catalog.quantizations[quantization].value
    return ModelSpec(
        name=name,
        source=model.source.text,
        sha256=model.sha256 or (row.value.sha256 if row else None),
        quantization=quantization,
        device=catalog.engines["onnx"].value.devices[0],
        max_context=model.max_context,
        min_top1_agreement=exactness.min_top1_agreement,
        max_perplexity_ratio=exactness.max_perplexity_ratio,
    )


def onnx_process(catalog: Catalog) -> ProcessFacts:
    """What a process takes; raises KeyError where the catalog's row lacks it."""
    process = catalog.engines["onnx"].value.process
    if process is None:
        raise KeyError("engines.yaml, row onnx: no process")
    return process


def onnx_memory(settings: Settings, model: Architecture, catalog: Catalog) -> Memory:
    """Of one replica on a CPU."""
    quantization = onnx_quantization(settings.engine)
    device = catalog.devices[catalog.engines["onnx"].value.devices[0]].value
    return replica_memory(
        model,
        quantization=catalog.quantizations[quantization].value,
        process=onnx_process(catalog),
        kv_bits=device.kv_bits[quantization],
        rows=onnx_rows(settings.engine),
        context=settings.models[0].max_context,
    )


def onnx_rows(engine: Engine) -> int:
    """Rows of the KV cache: requests decoded together."""
    return engine.max_concurrent or DEFAULT_ROWS
