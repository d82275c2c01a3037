"""A plan for this machine to the parts of the document."""

from __future__ import annotations

from typing import Literal

from components.specs import GatewaySpec, LocalSpec, TlsSpec
from planning.catalog import load_catalog
from planning.local import base_url
from planning.plan import LIVE_PATH, READY_PATH, Plan
from planning.report.document import EnginePart, GatewayPart, KeyPart, MemoryPart, ModelPart
from planning.report.fit_part import cpu_fit
from planning.report.placed_document import ChoicePart, CostPart, FitPart, PerformancePart

_UNMEASURED = "no estimate: this machine was not measured; make bench measures it"


def local_parts(plan: Plan, local: LocalSpec) -> dict[str, object]:
    """The document's arguments that are about processes on this machine."""
    budget = plan.settings.budget
    return {
        "model": _model(plan, local),
        "fit": _fit(plan, local),
        "choice": _choice(local),
        "performance": _performance(local),
        "engine": _engine(local),
        "memory": _memory(plan, local),
        "gateway": gateway_part(local.gateway),
        "cost": CostPart(
            estimated_monthly_usd=plan.estimated_monthly_usd,
            minimum_monthly_usd=plan.estimated_monthly_usd,
            expected_monthly_usd=plan.estimated_monthly_usd,
            expected_replicas=local.replicas,
            expected_because=(),
            usd_per_hour=0,
            usd_per_million_output_tokens=None,
            reason="processes on this machine are not billed",
            budget_monthly_usd=budget.monthly.usd if budget else None,
        ),
    }


def _model(plan: Plan, local: LocalSpec) -> ModelPart:
    model, shape = local.model, plan.architecture
    return ModelPart(
        name=model.name,
        source=model.source,
        sha256=model.sha256,
        licence=plan.known.value.licence if plan.known else None,
        quantization=model.quantization,
        device=model.device,
        architecture=shape.model_type if shape else None,
        parameters=shape.parameters if shape else None,
        active_parameters=shape.active_parameters if shape else None,
        max_context=model.max_context,
        min_top1_agreement=model.min_top1_agreement,
        max_perplexity_ratio=model.max_perplexity_ratio,
    )


def _fit(plan: Plan, local: LocalSpec) -> FitPart | None:
    if plan.architecture is None or plan.memory is None:
        return None
    bits = load_catalog().devices[local.model.device].value.kv_bits[local.model.quantization]
    return cpu_fit(
        plan.architecture,
        plan.memory,
        rows=local.server.max_concurrent,
        context=local.server.max_context,
        kv_bits=bits,
        fits=not plan.errors,
    )


def _choice(local: LocalSpec) -> ChoicePart:
    catalog = load_catalog()
    versions = [row for row in catalog.engine_versions.values() if row.value.engine == "onnx"]
    bits = catalog.devices[local.model.device].value.kv_bits[local.model.quantization]
    return ChoicePart(
        engine="onnx",
        engine_version=versions[-1].id,
        quantization=local.model.quantization,
        kv_bits=bits,
        gpu=None,
        instance_type=None,
        hf_hardware=None,
        region=None,
        capacity=None,
        nodes_per_replica=1,
        replicas_per_node=local.replicas,
        replicas=local.replicas,
        max_replicas=local.replicas,
        max_batched_tokens=None,
        max_num_seqs=None,
    )


def _performance(local: LocalSpec) -> PerformancePart:
    figures = ("ttftMs", "itlMs", "outputTokensPerSecond", "ttftP95Ms", "itlP95Ms")
    return PerformancePart(
        concurrency=local.server.max_concurrent,
        ttft_ms=None,
        itl_ms=None,
        output_tokens_per_second=None,
        reasons=dict.fromkeys(figures, _UNMEASURED),
        measured=None,
    )


def _engine(local: LocalSpec) -> EnginePart:
    server = local.server
    return EnginePart(
        kind="onnx",
        replicas=local.replicas,
        threads=server.threads,
        max_concurrent=server.max_concurrent,
        max_queue=server.max_queue,
        request_timeout_seconds=server.request_timeout_seconds,
        drain_seconds=server.drain_seconds,
        ready_timeout_seconds=server.ready_timeout_seconds,
        live_path=LIVE_PATH,
        ready_path=READY_PATH,
    )


def _memory(plan: Plan, local: LocalSpec) -> MemoryPart | None:
    memory = plan.memory
    if memory is None:
        return None
    return MemoryPart(
        artefact_bytes=memory.artefact,
        weights_bytes=memory.weights,
        kv_cache_bytes=memory.kv_cache,
        runtime_bytes=memory.runtime,
        replica_bytes=memory.replica,
        total_bytes=memory.replica * local.replicas,
        change_bytes=memory.replica * (local.replicas + 1),
        machine_bytes=plan.machine.memory_bytes if plan.machine else None,
    )


def gateway_part(gateway: GatewaySpec) -> GatewayPart:
    """Of one that runs on this machine."""
    return GatewayPart(
        base_url=base_url(gateway),
        host=gateway.host,
        port=gateway.port,
        tls=_certificate(gateway.tls),
        auth="api-key" if gateway.keys else "none",
        keys=tuple(KeyPart(name=key.name, source=key.source) for key in gateway.keys),
        requests_per_minute=gateway.requests_per_minute,
        max_connections=gateway.max_connections,
        max_streams=gateway.max_streams,
        max_request_bytes=gateway.max_request_bytes,
    )


def _certificate(tls: TlsSpec | None) -> Literal["none", "self-signed", "own"]:
    if tls is None:
        return "none"
    return "own" if tls.certificate else "self-signed"
