"""Memory of one replica for the document, on GPUs and on a CPU."""

from __future__ import annotations

from planning.architecture import Architecture
from planning.architecture.kv import kv_bytes_beyond_window, kv_bytes_per_token
from planning.choice import Candidate
from planning.choice.host import Host
from planning.fit import Memory
from planning.memory.budget import Budget
from planning.report.placed_document import FitPart, GpuMemoryPart, HostPart


def gpu_fit(chosen: Candidate) -> FitPart | None:
    fit = chosen.fit
    if fit is None:
        return None
    return FitPart(
        fits=chosen.fits,
        weights_bytes=fit.weights_bytes,
        kv_bytes_per_token=fit.kv_bytes_per_token,
        kv_bytes_per_token_beyond_window=fit.kv_bytes_per_token_beyond_window,
        kv_cache_tokens=fit.kv_cache_tokens,
        max_concurrent_requests=fit.max_concurrent_requests,
        tensor_parallel=fit.tensor_parallel,
        pipeline_parallel=fit.gpus_per_replica // fit.tensor_parallel,
        gpus_per_replica=fit.gpus_per_replica,
        gpu=_gpu(fit.budget),
        host=host_part(chosen.host),
    )


def cpu_fit(
    model: Architecture,
    memory: Memory,
    *,
    rows: int,
    context: int,
    kv_bits: int,
    fits: bool,
    host: Host | None = None,
) -> FitPart:
    """Of `rows` rows of the KV cache, each of `context` tokens."""
    return FitPart(
        fits=fits,
        weights_bytes=memory.weights,
        kv_bytes_per_token=kv_bytes_per_token(model, kv_bits),
        kv_bytes_per_token_beyond_window=kv_bytes_beyond_window(model, kv_bits),
        kv_cache_tokens=rows * context,
        max_concurrent_requests=rows,
        tensor_parallel=1,
        pipeline_parallel=1,
        gpus_per_replica=0,
        gpu=None,
        host=host_part(host),
    )


def host_part(host: Host | None) -> HostPart | None:
    if host is None:
        return None
    return HostPart(
        memory_needed_bytes=host.memory_needed,
        memory_there_bytes=host.memory_there,
        shared_memory_bytes=host.shared_memory_bytes,
        checkpoint_bytes=host.checkpoint_bytes,
        image_bytes=host.image_bytes,
        disk_there_bytes=host.disk_there,
    )


def _gpu(budget: Budget) -> GpuMemoryPart:
    return GpuMemoryPart(
        visible_bytes=budget.visible,
        usable_bytes=budget.usable,
        weights_bytes=budget.weights,
        activation_bytes=budget.activations,
        runtime_bytes=budget.runtime + budget.graphs,
        kv_cache_bytes=budget.kv_cache,
    )
