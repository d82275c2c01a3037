"""A plan, or the reasons why there is none, to the document."""

from __future__ import annotations

from typing import Any

from planning.architecture import Architecture
from planning.choice import Candidate
from planning.placed import Placed
from planning.plan import Plan
from planning.problems import SettingsError
from planning.report import placed_build as parts
from planning.report.cluster_build import kubernetes_part
from planning.report.document import ModelPart, PlanDocument, ProblemPart
from planning.report.eks_build import eks_part
from planning.report.fit_part import cpu_fit, gpu_fit
from planning.report.local_build import gateway_part, local_parts
from planning.report.placed_document import FitPart


def plan_document(plan: Plan) -> PlanDocument:
    about: dict[str, Any]
    if plan.local is not None:
        about = local_parts(plan, plan.local)
    else:
        about = {"model": _model(plan), **_placed_parts(plan)}
        if plan.eks is not None and plan.eks_cost is not None:
            about["kubernetes"] = kubernetes_part(plan.eks.serving, plan.settings, None)
            about["eks"] = eks_part(plan.eks, plan.eks_cost, plan.settings.aws.environment)
        if plan.kubernetes is not None:
            about["kubernetes"] = kubernetes_part(plan.kubernetes, plan.settings, plan.canary)
    return PlanDocument(
        origin=plan.settings.origin,
        stack=plan.stack,
        ok=not plan.errors,
        target=plan.settings.target,
        problems=tuple(map(ProblemPart.of, plan.problems)),
        **about,
    )


def refusal_document(error: SettingsError, *, stack: str) -> PlanDocument:
    problems = tuple(map(ProblemPart.of, error.problems))
    return PlanDocument(origin=error.origin, stack=stack, ok=False, problems=problems)


def _model(plan: Plan) -> ModelPart:
    model, shape = plan.settings.models[0], plan.architecture
    chosen = plan.placed.chosen if plan.placed else None
    return ModelPart(
        name=model.served_name,
        source=model.source.text,
        sha256=model.sha256,
        licence=plan.known.value.licence if plan.known else None,
        quantization=chosen.quantization if chosen else "not known",
        device="cpu" if chosen and chosen.gpu is None else None,
        architecture=shape.model_type if shape else None,
        parameters=shape.parameters if shape else None,
        active_parameters=shape.active_parameters if shape else None,
        max_context=model.max_context,
        min_top1_agreement=None,
        max_perplexity_ratio=None,
    )


def _placed_parts(plan: Plan) -> dict[str, Any]:
    placed, settings = plan.placed, plan.settings
    chosen = placed.chosen if placed else None
    about: dict[str, Any] = {"cost": parts.cost_part(settings, placed, plan.canary)}
    if plan.gateway is not None:
        about["gateway"] = gateway_part(plan.gateway)
    if placed is None or chosen is None or plan.architecture is None:
        return about
    return about | {
        "fit": _fit(placed, chosen, plan.architecture),
        "choice": parts.choice_part(chosen, settings.aws.region),
        "performance": parts.performance_part(chosen),
        "slo": tuple(map(parts.slo_part, chosen.slo)),
        "cold_start": parts.cold_start_part(placed.cold_start) if placed.cold_start else None,
        "candidates": parts.candidate_parts(placed),
    }


def _fit(placed: Placed, chosen: Candidate, model: Architecture) -> FitPart | None:
    if chosen.memory is None:
        return gpu_fit(chosen)
    return cpu_fit(
        model,
        chosen.memory,
        rows=chosen.concurrency_per_replica,
        context=placed.wanted.context,
        kv_bits=chosen.kv_bits,
        fits=chosen.fits,
        host=chosen.host,
    )
