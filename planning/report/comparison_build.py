"""Outcomes on all targets to the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planning.catalog.rows.targets import TargetLimitRow
from planning.comparison import Outcome
from planning.month import HOURS
from planning.report.build import plan_document
from planning.report.comparison_document import (
    ComparisonDocument,
    LimitPart,
    LostPart,
    TargetPart,
)
from planning.report.document import PlanDocument, ProblemPart
from planning.report.placed_build import range_part
from planning.settings import Settings


def comparison_document(
    settings: Settings, stack: str, outcomes: Sequence[Outcome]
) -> ComparisonDocument:
    return ComparisonDocument(
        origin=settings.origin,
        stack=stack,
        written_for=settings.target,
        model=settings.models[0].source.text,
        targets=tuple(map(_target, outcomes)),
    )


def _target(outcome: Outcome) -> TargetPart:
    document = plan_document(outcome.plan) if outcome.plan else None
    start = outcome.cold_start
    return TargetPart(
        target=outcome.target,
        ok=outcome.plan is not None and not outcome.errors,
        fits=document.fit.fits if document and document.fit else None,
        **_deployed(outcome, document),
        **_costs(document),
        cold_start_seconds=range_part(start.total) if start else None,
        cold_start_at_least=start.at_least if start else True,
        lost=tuple(LostPart(key=one.key, because=one.because) for one in outcome.lost),
        limits=tuple(map(_limit, outcome.limits)),
        problems=tuple(map(ProblemPart.of, outcome.problems)),
    )


def _deployed(outcome: Outcome, document: PlanDocument | None) -> dict[str, Any]:
    choice = document.choice if document else None
    chosen = outcome.plan.placed.chosen if outcome.plan and outcome.plan.placed else None
    return {
        "engine_version": choice.engine_version if choice else None,
        "quantization": choice.quantization if choice else None,
        "place": chosen.place if chosen else "this machine" if choice else None,
        "replicas": choice.replicas if choice else None,
        "max_replicas": choice.max_replicas if choice else None,
    }


def _costs(document: PlanDocument | None) -> dict[str, Any]:
    cost = document.cost if document else None
    least = cost.minimum_monthly_usd if cost else None
    return {
        "idle_usd_per_hour": None if least is None else round(least / HOURS, 6),
        "minimum_monthly_usd": least,
        "estimated_monthly_usd": cost.estimated_monthly_usd if cost else None,
        "usd_per_million_output_tokens": cost.usd_per_million_output_tokens if cost else None,
        "cost_reason": cost.reason if cost else "this target cannot serve the model",
    }


def _limit(row: TargetLimitRow) -> LimitPart:
    return LimitPart(
        kind=row.value.kind,
        what=row.value.what,
        instead=row.value.instead,
        source=f"{row.source} ({row.date})",
    )
