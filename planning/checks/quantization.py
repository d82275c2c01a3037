"""Rules: which ways to store weights and caches go together with the engine."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.facts import Facts
from planning.problems import Problem


def engine_stores_weights_so(facts: Facts) -> Iterator[Problem]:
    """For `onnx` by its devices; of the others, any row of the table of support."""
    kind, chosen = facts.engine_kind, facts.stated.engine.quantization
    if chosen is None or kind is None:
        return
    devices = facts.catalog.engines[kind].value.devices
    good = (
        list(facts.catalog.devices[devices[0]].value.kv_bits)
        if devices
        else [
            support.value.storage
            for support in facts.catalog.quantization_support.values()
            if support.value.engine == ("vllm" if kind == "triton" else kind)
        ]
    )
    if chosen not in good:
        where = devices[0] if devices else kind
        yield Problem(
            path="slipway:engine.quantization",
            code="quantization-unsupported",
            got=f'"{chosen}", which {where} does not run',
            allowed=", ".join(good),
            fixes=(f"write quantization: {good[-1]}",),
        )


def cache_has_one_size(facts: Facts) -> Iterator[Problem]:
    engine = facts.stated.engine
    if engine.gpu_memory_utilization is not None and engine.kv_cache_memory is not None:
        yield Problem(
            path="slipway:engine.kvCacheMemory",
            code="size-twice",
            got="both kvCacheMemory and gpuMemoryUtilization",
            allowed="one of the two: the engine takes a share of the GPU, or a cache of that size",
            fixes=("remove gpuMemoryUtilization", "or remove kvCacheMemory"),
        )
