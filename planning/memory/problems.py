"""What stands against a model on some GPUs: all of it, in the order in which it is met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor

from planning.architecture import Architecture
from planning.architecture.storage import Storage
from planning.catalog import Catalog
from planning.catalog.rows.hardware import GpuFacts
from planning.memory.budget import Budget
from planning.memory.device import GIB
from planning.memory.parallel import tensor_parallel_sizes, undivided
from planning.memory.pool import Pool
from planning.memory.serving import Serving
from planning.problems import Problem

_CONTEXT = "slipway:model.maxContext"
_POOL = "slipway:pools[0]"
# A plain checkpoint in bfloat16 is loaded in float16 where a GPU has no bfloat16 (vLLM 0.25.1,
# config/model.py, _resolve_auto_dtype).
_NAMES = {"plain": "fp16", "fbgemm_fp8": "fp8"}


@dataclass(frozen=True, kw_only=True)
class Place:
    """GPUs of one replica: `nodes` instances with `gpus` each."""

    gpu_name: str
    gpu: GpuFacts
    gpus: int = 1
    nodes: int = 1


def split_problems(model: Architecture, place: Place, serving: Serving) -> Iterator[Problem]:
    """Before any memory is counted: can it be divided like that at all?"""
    size, stages = serving.tensor_parallel, serving.pipeline_parallel
    whole = undivided(model, size, serving.storage)
    if whole is not None:
        sizes = tensor_parallel_sizes(model, place.gpus, serving.storage)
        yield _problem(
            f"{_POOL}.tensorParallel",
            "tensor-parallel-uneven",
            f"{size} GPUs for {whole}",
            "a size that divides them: " + ", ".join(map(str, sizes)),
            f"write {sizes[-1]}" if sizes else "choose another model",
        )
    if size > place.gpus:
        yield _problem(
            f"{_POOL}.tensorParallel",
            "tensor-parallel-too-large",
            f"{size} on instances with {place.gpus} GPU{'s' if place.gpus > 1 else ''}",
            f"at most {place.gpus}: a layer is divided inside one instance",
            f"write {place.gpus}",
        )
    if stages > model.layers:
        yield _problem(
            f"{_POOL}.pipelineParallel",
            "pipeline-parallel-too-large",
            f"{stages} stages for {model.layers} layers",
            f"at most {model.layers}",
            f"write {model.layers}",
        )
    elif serving.gpus > place.gpus * place.nodes and size <= place.gpus:
        yield _problem(
            f"{_POOL}.nodesPerReplica",
            "gpus-too-few",
            f"{size} x {stages} GPUs on {place.nodes} x {place.gpus}",
            f"at most {place.gpus * place.nodes}",
            f"write {ceil(serving.gpus / place.gpus)}",
        )


def support_problems(
    model: Architecture, place: Place, serving: Serving, catalog: Catalog
) -> Iterator[Problem]:
    """Does vLLM run this storage of weights on this generation, and the model this far?"""
    name = storage_name(serving.storage or model.storage)
    row = catalog.quantization_support.get(f"vllm/{name}")
    runs = (*row.value.computes, *row.value.stores) if row else ()
    if row is not None and place.gpu.architecture not in runs:
        yield _problem(
            "slipway:engine.quantization",
            "quantization-unsupported",
            f"{name} on {place.gpu_name} ({place.gpu.architecture})",
            f"GPUs of the generations {', '.join(runs)}",
            "choose such a GPU",
        )
    if serving.context > model.max_context:
        yield _problem(
            _CONTEXT,
            "context-beyond-model",
            f"{serving.context} tokens",
            f"at most {model.max_context}, what the model's positions reach",
            f"write {model.max_context}",
        )


def memory_problems(budget: Budget, pool: Pool, serving: Serving) -> Iterator[Problem]:
    """Does it all have room?"""
    if serving.kv_cache_bytes is None and budget.kv_cache <= 0:
        yield _problem(
            _POOL,
            "weights-too-large",
            f"{_gib(budget.engine)} on each GPU before any KV cache: weights "
            f"{_gib(budget.weights)}, largest step {_gib(budget.activations)}, runtime and graphs "
            f"{_gib(budget.runtime + budget.graphs)}",
            f"less than {_gib(budget.usable)}, {serving.utilization:g} of {_gib(budget.visible)}",
            "take more or larger GPUs, or store weights in fewer bits",
        )
        return
    if budget.total + budget.left_over > budget.visible:
        yield _overcommitted(budget, serving)
    longest = pool.longest(budget.kv_cache, serving.context)
    if longest < serving.context:
        yield _problem(
            _CONTEXT,
            "context-too-long",
            f"{serving.context} tokens: {_gib(pool.request_bytes(serving.context))} of KV cache "
            "on each GPU for one request",
            f"at most {longest} in the {_gib(budget.kv_cache)} that are free",
            f"write {longest}" if longest else "take more or larger GPUs",
        )
        return
    room = min(pool.requests(budget.kv_cache, serving.context), serving.sequences)
    if room < serving.concurrency:
        yield _problem(
            "slipway:scaling.fullContextRequests",
            "concurrency-too-high",
            f"{serving.concurrency} requests of {serving.context} tokens at once",
            f"at most {room} on one replica",
            f"write {room}",
        )


def _overcommitted(budget: Budget, serving: Serving) -> Problem:
    """An error where it is sure; a warning where only the bound of what comes later is above."""
    most = budget.total + budget.left_over
    over = most - budget.visible
    if serving.kv_cache_bytes is None:
        lower = floor((serving.utilization - over / budget.visible) * 100) / 100
        path, fix = "slipway:engine.gpuMemoryUtilization", f"write {lower:g}"
    else:
        path = "slipway:engine.kvCacheMemory"
        fix = f"write {max(0, serving.kv_cache_bytes - over)}"
    return Problem(
        path=path,
        code="gpu-memory-overcommitted",
        got=f"{_gib(budget.total)} on each GPU, and up to {_gib(budget.left_over)} for CUDA graphs",
        allowed=f"at most {_gib(budget.visible)}",
        fixes=(fix,),
        severity="error" if budget.total > budget.visible else "warning",
    )


def storage_name(storage: Storage) -> str:
    """As the catalog's table of support calls it."""
    bits = storage.packing.bits if storage.packing else 16
    if storage.method in ("modelopt", "compressed-tensors"):
        return {8: "fp8", 4: "nvfp4"}.get(bits, "") if storage.method == "modelopt" else ""
    return _NAMES.get(storage.method, storage.method)


def _problem(path: str, code: str, got: str, allowed: str, *fixes: str) -> Problem:
    return Problem(path=path, code=code, got=got, allowed=allowed, fixes=fixes)


def _gib(size: int) -> str:
    return f"{size / GIB:.2f} GiB"
