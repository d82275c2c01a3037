"""A plan, or the reasons why there is none, to the document."""

from __future__ import annotations

from typing import Literal

from components.specs import GatewaySpec, LocalSpec, TlsSpec
from planning.local import base_url
from planning.plan import LIVE_PATH, READY_PATH, Plan
from planning.problems import SettingsError
from planning.report.document import (
    CostPart,
    EnginePart,
    GatewayPart,
    KeyPart,
    MemoryPart,
    ModelPart,
    PlanDocument,
    ProblemPart,
)


def plan_document(plan: Plan) -> PlanDocument:
    local = plan.local
    budget = plan.settings.budget
    return PlanDocument(
        origin=plan.settings.origin,
        stack=plan.stack,
        ok=not plan.errors,
        target=plan.settings.target,
        model=local and _model(plan, local),
        engine=local and _engine(plan, local),
        memory=local and _memory(plan, local),
        gateway=local and _gateway(local.gateway),
        cost=CostPart(
            estimated_monthly_usd=plan.estimated_monthly_usd,
            budget_monthly_usd=budget.monthly.usd if budget else None,
        ),
        problems=tuple(map(ProblemPart.of, plan.problems)),
    )


def refusal_document(error: SettingsError, *, stack: str) -> PlanDocument:
    problems = tuple(map(ProblemPart.of, error.problems))
    return PlanDocument(origin=error.origin, stack=stack, ok=False, problems=problems)


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


def _engine(plan: Plan, local: LocalSpec) -> EnginePart:
    server = local.server
    return EnginePart(
        kind=plan.settings.engine.kind or "onnx",
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


def _gateway(gateway: GatewaySpec) -> GatewayPart:
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
