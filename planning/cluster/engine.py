"""One replica of the engine in the words of its renderer."""

from __future__ import annotations

from typing import Literal

from components.specs.engine import ContractSpec, EngineSpec
from planning.catalog import Catalog
from planning.choice import Candidate
from planning.cluster.repository import repository_models
from planning.coldstart import ColdStart
from planning.onnx import onnx_rows
from planning.settings import Settings

MODEL_FOLDER = "/model"
"""Of our image (images/onnx/Dockerfile)."""
_TRIMMED_GRAPHS = (1, 2, 4, 8, 16, 32, 48, 64)


def engine_spec(
    settings: Settings,
    chosen: Candidate,
    start: ColdStart,
    contract: ContractSpec,
    served_name: str,
    catalog: Catalog,
) -> EngineSpec:
    """What the choice left to the engine is None."""
    engine, serving = settings.engine, chosen.serving
    in_image = chosen.engine == "onnx"
    repository, _, revision = settings.models[0].source.text.removeprefix("hf:").partition("@")
    return EngineSpec(
        kind=chosen.engine,
        contract=contract,
        backend=engine.backend or _backend(contract),
        beside=tuple(repository_models(settings)),
        model=MODEL_FOLDER if in_image else repository,
        revision=None if in_image else revision,
        served_name=served_name,
        context=serving.context if serving else settings.models[0].max_context,
        sequences=serving.sequences if serving else onnx_rows(engine),
        batched_tokens=serving.batched_tokens if serving else None,
        queue=engine.max_queue,
        quantization=chosen.quantization if serving and serving.storage is not None else None,
        kv_cache_dtype="fp8" if serving and serving.kv_bits == 8 else "auto",
        gpu_memory_utilization=engine.gpu_memory_utilization,
        kv_cache_bytes=serving.kv_cache_bytes if serving else None,
        tensor_parallel=serving.tensor_parallel if serving else 1,
        pipeline_parallel=serving.pipeline_parallel if serving else 1,
        nodes=chosen.nodes_per_replica,
        threads=cluster_threads(settings) if in_image else None,
        request_timeout_seconds=engine.request_timeout.seconds,
        drain_seconds=engine.drain.seconds,
        startup_period_seconds=start.startup_probe.period_seconds,
        startup_failure_threshold=start.startup_probe.failure_threshold,
        shared_memory_bytes=chosen.shared_memory_bytes,
        loader=settings.start.loader,
        compile_cache=settings.start.compile_cache,
        graph_sizes=_graph_sizes(settings, catalog),
        graph_mode=_graph_mode(settings, catalog),
        traces_endpoint=settings.observability.traces,
    )


def _graph_sizes(settings: Settings, catalog: Catalog) -> tuple[int, ...]:
    """Fewer of them start sooner, so the wish for a short start goes first."""
    if settings.start.graphs == "trimmed":
        return _TRIMMED_GRAPHS
    tuning = settings.engine.tuning
    return catalog.engine_tunings[tuning].value.graph_sizes if tuning else ()


def _graph_mode(settings: Settings, catalog: Catalog) -> Literal["FULL"] | None:
    """Of the sizes that a tuning names: others would be captured for steps that are rare."""
    tuning = settings.engine.tuning
    if tuning is None or settings.start.graphs == "trimmed":
        return None
    return catalog.engine_tunings[tuning].value.graph_mode


def _backend(contract: ContractSpec) -> str | None:
    """Of Triton: what its image is made for."""
    return "vllm" if contract.version.endswith("-vllm") else None


def cluster_threads(settings: Settings) -> int:
    """Of one `onnx` replica; `auto` is one, as a node's cores are not known."""
    threads = settings.engine.threads
    return 1 if threads == "auto" else threads
