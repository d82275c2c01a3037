"""Figures of memory: of a GPU, of the KV cache, of processes on this machine."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from planning.explain.model import kv_per_token
from planning.explain.model import weights as gpu_weights
from planning.explain.value import About, Arithmetic, Explainer, Figures, Result, because, cited
from planning.fit import Memory
from planning.memory import Fit, Serving, device
from planning.memory.activation import activation_peaks
from planning.memory.pool import BLOCK, pool_of

_MEASURED = "benchmarks/results/h100, vLLM 0.25.1 on one H100 (2026-11-22): docs/memory.md"


def _weights(about: About, index: int) -> Arithmetic:
    memory = _cpu_memory(about)
    if memory is None:
        return gpu_weights(about, index)
    row = about.catalog.quantizations[about.document.model.quantization]  # pyright: ignore
    ratio = row.value.resident_ratio
    return because(
        f"{memory.artefact:,} bytes of the model's files x {ratio:g}, with the packed copies of "
        "the kernels",
        result=ceil(memory.artefact * ratio),
        sources=(cited("quantization", row),),
    )


def _kv_tokens(about: About, index: int) -> Arithmetic:
    memory = _cpu_memory(about)
    if memory is not None:
        return _cpu_rows(about, times=about.plan.settings.models[0].max_context)
    fit, serving = _on_gpus(about)
    pool, room = pool_of(about.model, serving), max(0, fit.budget.kv_cache)
    blocks = room // pool.block_bytes
    return because(
        f"{room:,} bytes of the KV cache / {pool.block_bytes:,} bytes of a block of {BLOCK} tokens "
        f"= {blocks:,} blocks on each GPU",
        f"a request of {serving.context:,} tokens takes {pool.blocks_for(serving.context):,}",
        result=pool.tokens(room, serving.context),
        sources=(*kv_per_token(about, index).sources, "vLLM 0.25.1, v1/core/kv_cache_utils.py"),
    )


def _requests(about: About, index: int) -> Arithmetic:
    if _cpu_memory(about) is not None:
        return _cpu_rows(about, times=1)
    fit, serving = _on_gpus(about)
    pool, room = pool_of(about.model, serving), max(0, fit.budget.kv_cache)
    fitting = pool.requests(room, serving.context)
    return because(
        f"the smaller of {fitting:,} requests of {serving.context:,} tokens in the KV cache",
        f"and {serving.sequences:,} requests of one step",
        result=min(fitting, serving.sequences),
    )


def _cpu_rows(about: About, times: int) -> Arithmetic:
    assert about.document.fit is not None
    rows = about.document.fit.max_concurrent_requests
    lines = [f"{rows} rows of the KV cache: engine.maxConcurrent, or what it is by default"]
    if times > 1:
        lines.append(f"x {times:,} tokens of model.maxContext")
    return because(*lines, result=rows * times)


def _visible(about: About, index: int) -> Arithmetic:
    assert about.chosen.gpu is not None
    row = about.catalog.gpus[about.chosen.gpu]
    line = f"{row.value.memory_mib:,} MiB x 0.98, what CUDA shows of them at least"
    if row.value.visible_bytes:
        line = "as CUDA was seen to show it"
    return because(
        line, result=device.visible_bytes(row.value), sources=(cited("GPU", row), _MEASURED)
    )


def _usable(about: About, index: int) -> Arithmetic:
    fit, serving = _on_gpus(about)
    return because(
        f"{fit.budget.visible:,} bytes x {serving.utilization:g}, the share that the engine takes",
        result=ceil(fit.budget.visible * serving.utilization),
        sources=(
            f"engine's default of {about.chosen.engine_version}, or engine.gpuMemoryUtilization",
        ),
    )


def _gpu_weights(about: About, index: int) -> Arithmetic:
    fit, serving = _on_gpus(about)
    return because(
        f"{fit.weights_bytes:,} bytes divided over {serving.tensor_parallel} x "
        f"{serving.pipeline_parallel} GPUs",
        "with what each GPU keeps whole: norms, router, KV heads that are copied, rotary tables",
        result=fit.budget.weights,
        sources=gpu_weights(about, index).sources,
    )


def _activations(about: About, index: int) -> Arithmetic:
    _, serving = _on_gpus(about)
    peaks = activation_peaks(about.model, serving)
    return because(
        f"the largest of three moments, with {serving.batched_tokens:,} tokens and "
        f"{serving.sequences:,} requests a step:",
        f"  compiling the embedding {peaks.compile:>15,}",
        f"  the widest layer        {peaks.forward:>15,}",
        f"  choosing next tokens    {peaks.sampling:>15,}",
        result=peaks.largest,
        sources=("vLLM 0.25.1, v1/worker/gpu_worker.py, determine_available_memory",),
    )


def _runtime(about: About, index: int) -> Arithmetic:
    budget = _on_gpus(about)[0].budget
    return because(
        f"{budget.runtime:,} bytes of CUDA libraries and kernels",
        f"+ {budget.graphs:,} set aside for CUDA graphs",
        result=budget.runtime + budget.graphs,
        sources=(_MEASURED,),
    )


def _kv_cache(about: About, index: int) -> Arithmetic:
    fit, serving = _on_gpus(about)
    budget = fit.budget
    if serving.kv_cache_bytes is not None:
        return because("as engine.kvCacheMemory says", result=serving.kv_cache_bytes)
    return because(
        f"{budget.usable:,} usable - {budget.weights:,} weights - {budget.activations:,} step "
        f"- {budget.runtime:,} libraries - {budget.graphs:,} graphs",
        result=budget.usable - budget.engine,
    )


def _tensor_parallel(about: About, index: int) -> Arithmetic:
    if _cpu_memory(about) is not None:
        return because("a CPU divides nothing", result=1)
    fit, serving = _on_gpus(about)
    sizes = ", ".join(map(str, fit.tensor_parallel_sizes)) or "none"
    return because(
        f"of the sizes that divide this model here ({sizes}) the one that is asked for, else that "
        "of the cheapest deployment",
        result=serving.tensor_parallel,
    )


def _pipeline_parallel(about: About, index: int) -> Arithmetic:
    serving = about.chosen.serving if about.plan.local is None else None
    return because(
        "pools[0].pipelineParallel, else the nodes of a replica",
        result=serving.pipeline_parallel if serving else 1,
    )


def _gpus(about: About, index: int) -> Arithmetic:
    if _cpu_memory(about) is not None:
        return because("on a CPU", result=0)
    _, serving = _on_gpus(about)
    return because(
        f"tensor parallel {serving.tensor_parallel} x pipeline parallel "
        f"{serving.pipeline_parallel}",
        result=serving.tensor_parallel * serving.pipeline_parallel,
    )


def _cpu_memory(about: About) -> Memory | None:
    """Of one replica on a CPU; None on GPUs."""
    return about.plan.memory if about.plan.local is not None else about.chosen.memory


def _on_gpus(about: About) -> tuple[Fit, Serving]:
    fit, serving = about.chosen.fit, about.chosen.serving
    assert fit is not None and serving is not None
    return fit, serving


def _part(say: Callable[[Memory, int], tuple[str, Result]]) -> Explainer:
    """A figure of the processes on this machine, from one replica's memory and their number."""

    def explain(about: About, index: int) -> Arithmetic:
        memory, local = about.plan.memory, about.plan.local
        assert memory is not None and local is not None
        line, result = say(memory, local.replicas)
        return because(
            line, result=result, sources=(cited("engine", about.catalog.engines["onnx"]),)
        )

    return explain


def _artefact(about: About, index: int) -> Arithmetic:
    memory = about.plan.memory
    assert memory is not None and about.document.model is not None
    row = about.catalog.quantizations[about.document.model.quantization]
    facts = row.value
    return because(
        f"matrices at {facts.weight_bits:g} bits a number, embedding and output at "
        f"{facts.tied_embedding_bits:g} (one table) or {facts.untied_embedding_bits:g} (two), "
        f"vectors and rotary table at {facts.vector_bits:g}",
        result=memory.artefact,
        sources=(cited("quantization", row),),
    )


def _machine(about: About, index: int) -> Arithmetic:
    machine = about.plan.machine
    return because(
        "this machine's memory, or its container's limit",
        result=machine.memory_bytes if machine else None,
    )


def _machine_kv(about: About, index: int) -> Arithmetic:
    tokens, each = _kv_tokens(about, index), kv_per_token(about, index)
    assert isinstance(tokens.result, int) and isinstance(each.result, int)
    return because(
        f"{tokens.result:,} tokens x {each.result:,} bytes",
        result=tokens.result * each.result,
        sources=each.sources,
    )


FIGURES: Figures = {
    "fit.weightsBytes": _weights,
    "fit.kvCacheTokens": _kv_tokens,
    "fit.maxConcurrentRequests": _requests,
    "fit.tensorParallel": _tensor_parallel,
    "fit.pipelineParallel": _pipeline_parallel,
    "fit.gpusPerReplica": _gpus,
    "fit.gpu.visibleBytes": _visible,
    "fit.gpu.usableBytes": _usable,
    "fit.gpu.weightsBytes": _gpu_weights,
    "fit.gpu.activationBytes": _activations,
    "fit.gpu.runtimeBytes": _runtime,
    "fit.gpu.kvCacheBytes": _kv_cache,
    "memory.artefactBytes": _artefact,
    "memory.weightsBytes": _weights,
    "memory.kvCacheBytes": _machine_kv,
    "memory.runtimeBytes": _part(
        lambda memory, _: ("libraries, tokenizer and work space of the process", memory.runtime)
    ),
    "memory.replicaBytes": _part(
        lambda memory, _: (
            f"{memory.weights:,} weights + {memory.kv_cache:,} KV cache + {memory.runtime:,} of "
            "the process",
            memory.weights + memory.kv_cache + memory.runtime,
        )
    ),
    "memory.totalBytes": _part(
        lambda memory, count: (f"{count} x {memory.replica:,}", count * memory.replica)
    ),
    "memory.changeBytes": _part(
        lambda memory, count: (
            f"({count} + 1) x {memory.replica:,}: a rolling change starts one more first",
            (count + 1) * memory.replica,
        )
    ),
    "memory.machineBytes": _machine,
}
