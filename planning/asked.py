"""A stack file as what is asked of the choice of a deployment."""

from __future__ import annotations

from collections.abc import Iterator

from planning.catalog import Catalog
from planning.choice import Demand, Wanted
from planning.choice.beside import Beside
from planning.compatibility.versions import newest
from planning.onnx import onnx_quantization, onnx_rows
from planning.settings import Settings
from planning.settings.engine import EngineKind
from planning.settings.pool import Pool
from planning.settings.traffic import Slo
from planning.settings.units import Duration


def wanted_of(settings: Settings, catalog: Catalog) -> Wanted:
    """For every target but `local`; a key that was left out is None: to be chosen."""
    engine, pool = settings.engine, settings.pool or Pool()
    kind = _engine(settings, catalog)
    replicas = settings.scaling.replicas
    cache = engine.kv_cache_memory
    return Wanted(
        target=settings.target,
        region=settings.aws.region,
        engine=kind,
        engine_version=engine.version,
        backend=engine.backend,
        beside=beside_of(settings),
        quantization=onnx_quantization(engine) if kind == "onnx" else engine.quantization,
        kv_bits=8 if engine.kv_cache_dtype == "fp8" else None,
        gpu=pool.gpu,
        instance=pool.instance_type,
        hf_hardware=settings.hugging_face.hardware,
        gpus_per_node=pool.gpus_per_node,
        capacity=pool.capacity,
        tensor_parallel=pool.tensor_parallel,
        pipeline_parallel=pool.pipeline_parallel,
        nodes_per_replica=pool.nodes_per_replica,
        context=settings.models[0].max_context,
        concurrency=settings.scaling.full_context_requests,
        sequences=onnx_rows(engine) if kind == "onnx" else engine.max_concurrent,
        batched_tokens=engine.max_batched_tokens,
        kv_cache_bytes=cache.bytes if cache else None,
        utilization=engine.gpu_memory_utilization,
        replicas=(replicas.minimum, replicas.maximum) if replicas else None,
        demand=_demand(settings),
        kubernetes=kubernetes_version(settings, catalog),
        ami=node_image(settings, catalog),
        driver=pool.driver,
        node_mode=node_mode(settings, pool) if settings.target == "eks" else None,
        allocation=pool.gpu_allocation,
        operators=dict(operator_versions(settings, catalog)),
    )


def beside_of(settings: Settings) -> tuple[Beside, ...]:
    """What of Triton's repository takes memory: an ensemble is a list of others."""
    return tuple(
        Beside(
            path=f"slipway:engine.repository[{index}]",
            name=model.name,
            on_gpu=model.instances.kind == "gpu",
            instances=model.instances.count,
            instance_bytes=model.memory.bytes,
        )
        for index, model in enumerate(settings.engine.repository)
        if model.memory is not None
    )


def kubernetes_version(settings: Settings, catalog: Catalog) -> str | None:
    """Of the cluster; None: one that is there, of which nothing is said."""
    if settings.target == "eks" and settings.kubernetes.version is None:
        return newest(list(catalog.kubernetes_versions))
    return settings.kubernetes.version


def node_image(settings: Settings, catalog: Catalog) -> str | None:
    """A row of amis.yaml: the newest of AL2023 that is for that Kubernetes; None: not ours."""
    stated = settings.pool.ami if settings.pool else None
    if settings.target != "eks" or stated or settings.aws.cluster.auto_mode:
        return stated
    version = kubernetes_version(settings, catalog)
    fitting = [
        row.id
        for row in catalog.amis.values()
        if row.value.family == "al2023" and version in row.value.kubernetes
    ]
    return fitting[-1] if fitting else None


def node_mode(settings: Settings, pool: Pool) -> str:
    """A row of node_modes.yaml, of a pool of `eks`: a change starts a replica before it stops one,
    and Karpenter buys the node for it."""
    return pool.nodes or ("auto-mode" if settings.aws.cluster.auto_mode else "karpenter")


def operator_versions(settings: Settings, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Of the operators whose version is known: as the stack file says, else of the chart."""
    for one in settings.kubernetes.operators:
        row = catalog.charts.get(one.name) if one.install and one.chart is None else None
        if version := one.version or (row and row.value.operator_version):
            yield one.name, version


def _engine(settings: Settings, catalog: Catalog) -> EngineKind | None:
    """Engines of GPUs read a model from the hub; what a wheel or file holds is for `onnx`, and so
    is an endpoint without a GPU."""
    endpoint = catalog.hf_hardware.get(settings.hugging_face.hardware or "")
    on_cpu = endpoint is not None and endpoint.value.gpu is None
    if settings.engine.kind is None and (on_cpu or settings.models[0].source.kind != "hf"):
        return "onnx"
    return settings.engine.kind


def _demand(settings: Settings) -> Demand | None:
    """None where the rate or the lengths are not said."""
    traffic = settings.traffic
    if traffic is None or traffic.requests_per_second is None:
        return None
    if traffic.prompt_tokens is None or traffic.output_tokens is None:
        return None
    slo = traffic.slo or Slo()
    return Demand(
        requests_per_second=traffic.requests_per_second,
        prompt_tokens=traffic.prompt_tokens.typical,
        output_tokens=traffic.output_tokens.typical,
        long_prompt_tokens=traffic.prompt_tokens.long,
        long_output_tokens=traffic.output_tokens.long,
        ttft_ms=_milliseconds(slo.ttft),
        itl_ms=_milliseconds(slo.itl),
        percentile=slo.percentile,
    )


def _milliseconds(time: Duration | None) -> float | None:
    return None if time is None else float(time.milliseconds)
