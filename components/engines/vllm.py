"""vLLM's own server: `vllm serve`."""

from __future__ import annotations

from collections.abc import Mapping

from components.engines.hub import HUB_CACHE, caches
from components.engines.parts import Value, arguments, folder, ports, probes
from components.specs.container import ContainerSpec
from components.specs.engine import EngineSpec, Setting

COMMAND = ("vllm", "serve")
COMPILE_CACHE = "/var/cache/vllm"
"""Compiled graphs that outlive the container: from the image, or on a volume."""
_QUIET = "/health,/metrics,/v1/models"
"""Paths that probes and scrapers ask for many times a minute."""


def container(spec: EngineSpec) -> ContainerSpec:
    """Raises ValueError for what this version cannot be told."""
    args = (spec.model, *arguments(spec.contract, {**engine_settings(spec), **_server(spec)}))
    only_computes = arguments(spec.contract, {"headless": True})
    return ContainerSpec(
        command=COMMAND,
        args=args,
        worker_args=(*args, *only_computes) if spec.nodes > 1 else (),
        env={**caches(spec.contract), **environment(spec), **_traced(spec)},
        ports=ports(spec.contract),
        **probes(spec),
        scratch=spec.contract.scratch,
        model_mount=folder(spec.model) or HUB_CACHE,
        cache_mount=COMPILE_CACHE if spec.compile_cache == "volume" else None,
        shared_memory_bytes=spec.shared_memory_bytes,
        user=spec.contract.user,
        group=spec.contract.group,
    )


def engine_settings(spec: EngineSpec) -> Mapping[Setting, Value]:
    """Of the engine itself, whoever takes the requests."""
    return {
        "revision": None if folder(spec.model) else spec.revision,
        "context": spec.context,
        "sequences": spec.sequences,
        "batched_tokens": spec.batched_tokens,
        "quantization": spec.quantization,
        "kv_cache_dtype": None if spec.kv_cache_dtype == "auto" else spec.kv_cache_dtype,
        "kv_cache_bytes": spec.kv_cache_bytes,
        # The engine takes one of them: bytes say exactly what a share of the memory says roughly.
        "gpu_memory_utilization": None if spec.kv_cache_bytes else spec.gpu_memory_utilization,
        "tensor_parallel": spec.tensor_parallel,
        "pipeline_parallel": spec.pipeline_parallel,
        "loader": "runai_streamer" if spec.loader == "streamer" else None,
        "graphs": spec.graph_sizes or None,
        "graph_mode": spec.graph_mode,
    }


def environment(spec: EngineSpec) -> Mapping[str, str]:
    """Of the engine itself, whoever takes the requests. Nothing is reported to anybody."""
    kept = spec.compile_cache != "none"
    return {
        "VLLM_CACHE_ROOT": COMPILE_CACHE if kept else f"{spec.contract.scratch[-1]}/.cache/vllm",
        "VLLM_NO_USAGE_STATS": "1",
        "VLLM_MEDIA_URL_ALLOW_REDIRECTS": "0",
        # One request may ask for that many answers; its default lets one block all others.
        "VLLM_MAX_N_SEQUENCES": "64",
    }


def _server(spec: EngineSpec) -> Mapping[Setting, Value]:
    """The kubelet fills `$(…)` in from what LeaderWorkerSet sets in every pod of a group."""
    several = spec.nodes > 1
    return {
        "host": "0.0.0.0",  # noqa: S104 (a pod's own address)
        "port": spec.contract.port,
        "served_name": spec.served_name,
        "in_flight": _in_flight(spec) if "in_flight" in spec.contract.flags else None,
        "nodes": spec.nodes if several else None,
        "node_rank": "$(LWS_WORKER_INDEX)" if several else None,
        "leader": "$(LWS_LEADER_ADDRESS)" if several else None,
        # Without it requests that run at SIGTERM are cut off.
        "drain": round(spec.drain_seconds),
        "quiet_access_log": _QUIET,
        "traces": f"http://{spec.traces_endpoint}" if spec.traces_endpoint else None,
    }


def _traced(spec: EngineSpec) -> Mapping[str, str]:
    """OpenTelemetry's own variables."""
    return {"OTEL_SERVICE_NAME": spec.served_name} if spec.traces_endpoint else {}


def _in_flight(spec: EngineSpec) -> int:
    """vLLM bounds running and waiting requests together."""
    if spec.sequences is None:
        raise ValueError("vLLM's queue can be bounded only beside a number of sequences")
    return spec.sequences + spec.queue
