"""A plan for nodes or an endpoint to the parts of the document."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic.alias_generators import to_camel

from planning.canary.planned import PlannedCanary
from planning.choice import Candidate, Margin
from planning.coldstart import ColdStart
from planning.placed import Placed
from planning.report.part import RangePart
from planning.report.placed_document import (
    CandidatePart,
    ChoicePart,
    ColdStartPart,
    CostPart,
    LeverPart,
    PerformancePart,
    SloPart,
    StagePart,
)
from planning.settings import Settings

_SHOWN = 12


def choice_part(chosen: Candidate, region: str) -> ChoicePart:
    serving = chosen.serving
    return ChoicePart(
        engine=chosen.engine,
        engine_version=chosen.engine_version,
        quantization=chosen.quantization,
        kv_bits=chosen.kv_bits,
        gpu=chosen.gpu,
        instance_type=chosen.instance,
        hf_hardware=chosen.hf_hardware,
        region=region if chosen.instance else None,
        capacity=chosen.capacity if chosen.instance else None,
        nodes_per_replica=chosen.nodes_per_replica,
        replicas_per_node=chosen.replicas_per_node,
        replicas=chosen.replicas[0],
        max_replicas=chosen.replicas[1],
        max_batched_tokens=serving.batched_tokens if serving else None,
        max_num_seqs=serving.sequences if serving else None,
    )


def performance_part(chosen: Candidate) -> PerformancePart:
    seen = chosen.performance
    return PerformancePart(
        concurrency=chosen.concurrency_per_replica,
        ttft_ms=range_part(seen.ttft_ms),
        itl_ms=range_part(seen.itl_ms),
        output_tokens_per_second=range_part(seen.output_tokens_per_second),
        ttft_p95_ms=range_part(seen.ttft_p95_ms),
        itl_p95_ms=range_part(seen.itl_p95_ms),
        reasons={to_camel(name): reason for name, reason in seen.reasons.items()},
        measured=seen.measured,
    )


def slo_part(margin: Margin) -> SloPart:
    return SloPart(
        figure=to_camel(margin.figure),
        limit_ms=margin.limit,
        predicted_ms=range_part(margin.predicted),
        room=range_part(margin.share),
        verdict=margin.verdict,
        reason=margin.reason,
    )


def cold_start_part(start: ColdStart) -> ColdStartPart:
    return ColdStartPart(
        seconds=start.seconds,
        low_seconds=start.total.low if start.total else None,
        high_seconds=start.total.high if start.total else None,
        at_least=start.at_least,
        stages=tuple(
            StagePart(
                name=stage.name,
                seconds=range_part(stage.seconds),
                formula=stage.formula,
                reason=stage.reason,
                source=stage.source,
            )
            for stage in start.stages
        ),
        levers=tuple(LeverPart(**vars(lever)) for lever in start.levers),
        budget_seconds=start.budget_seconds,
        startup_probe_seconds=start.startup_probe.seconds,
        progress_deadline_seconds=start.progress_deadline_seconds,
        scale_down_stabilisation_seconds=start.scale_down_stabilisation_seconds,
        cooldown_seconds=start.cooldown_seconds,
        pre_stop_seconds=start.pre_stop_seconds,
        grace_period_seconds=start.grace_period_seconds,
    )


def candidate_parts(placed: Placed) -> tuple[CandidatePart, ...]:
    """What else was looked at, in short."""
    return tuple(map(_candidate, shown_candidates(placed)))


def shown_candidates(placed: Placed) -> tuple[Candidate, ...]:
    """The best that fit; then of each GPU the best that does not, if nothing with it fits."""
    fitting = [one for one in placed.choice.candidates if one.fits]
    gpus = {one.gpu for one in fitting}
    return (*fitting[:_SHOWN], *_unfit(placed, gpus))


def cost_part(
    settings: Settings, placed: Placed | None, canary: PlannedCanary | None = None
) -> CostPart:
    chosen, mean = (placed.chosen, placed.expected) if placed else (None, None)
    beside = canary_month(canary)
    month = chosen.monthly_usd if chosen and beside is not None else None
    mean_usd = mean.monthly_usd(chosen) if mean and chosen else None
    per_hour = chosen.usd_per_hour if chosen else None
    budget = settings.budget
    reasons = [chosen.unpriced, chosen.usd_per_million_reason] if chosen else []
    return CostPart(
        estimated_monthly_usd=float(month[1] + beside) if month and beside is not None else None,
        minimum_monthly_usd=float(month[0] + beside) if month and beside is not None else None,
        expected_monthly_usd=None
        if mean_usd is None or beside is None
        else mean_usd + float(beside),
        canary_monthly_usd=float(beside) if canary and beside is not None else None,
        expected_replicas=mean.replicas if mean else None,
        expected_because=mean.words if mean else (),
        usd_per_hour=float(per_hour) if per_hour is not None else None,
        usd_per_million_output_tokens=range_part(
            chosen.usd_per_million_output_tokens if chosen else None
        ),
        reason="; ".join(dict.fromkeys(filter(None, reasons))) or None,
        budget_monthly_usd=budget.monthly.usd if budget else None,
    )


def canary_month(canary: PlannedCanary | None) -> Decimal | None:
    """Dollars; 0 without a canary, None for one without a price."""
    if canary is None:
        return Decimal(0)
    month = canary.chosen.monthly_usd if canary.chosen else None
    return month[1] if month else None


def range_part(figure: object) -> RangePart | None:
    """Of anything with `low`, `expected` and `high`."""
    return None if figure is None else RangePart(**vars(figure))


def _unfit(placed: Placed, gpus: set[str | None]) -> Iterator[Candidate]:
    seen = set(gpus)
    for one in placed.choice.candidates:
        if not one.fits and one.gpu not in seen:
            seen.add(one.gpu)
            yield one


def _candidate(one: Candidate) -> CandidatePart:
    per_million = one.usd_per_million_output_tokens
    first = one.problems[0] if one.problems and not one.fits else None
    return CandidatePart(
        engine_version=one.engine_version,
        quantization=one.quantization,
        kv_bits=one.kv_bits,
        place=one.place,
        tensor_parallel=one.serving.tensor_parallel if one.serving else 1,
        replicas=one.replicas[0],
        fits=one.fits,
        monthly_usd=float(one.monthly_usd[0]) if one.monthly_usd else None,
        usd_per_million_output_tokens=per_million.expected if per_million else None,
        standing=one.standing,
        why_not=f"{first.code}: {first.got}" if first else None,
    )
