"""What a plan predicts, as `up` keeps it beside the stack, to be held against what comes."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from planning.plan import Plan
from planning.report.part import Part
from planning.throughput import Range

FigureName = Literal[
    "ttftMs",
    "ttftP95Ms",
    "itlMs",
    "itlP95Ms",
    "outputTokensPerSecond",
    "startSeconds",
    "replicas",
    "monthlyUsd",
]
LoadName = Literal["concurrency", "promptTokens", "outputTokens"]
"""Requests in flight of one replica; tokens of a typical request."""


class Figure(Part):
    """One figure. `tested`: measurements were held against such intervals before."""

    low: float | None = None
    expected: float | None = None
    high: float | None = None
    tested: bool = False
    at_least: bool = False
    """Something in it is not known, so that it comes to more."""


class Prediction(Part):
    """Only what the plan says: a figure that it does not predict is not there."""

    format_version: int = 1
    target: str
    model: str
    """Served name, by which an engine labels its series."""
    engine_version: str | None = None
    """Row of engine_versions.yaml, which tells metric names."""
    place: str
    """Where one replica runs."""
    load: dict[LoadName, float] = Field(default_factory=dict[LoadName, float])
    """Of one replica, that times and rates are predicted at."""
    namespace: str | None = None
    """Of the series; None: not on a cluster of the stack's own monitors."""
    stack: str
    """Name of the serving stack, the `job` of its series."""
    pods: str | None = None
    """What the names of its replicas' pods begin with."""
    figures: dict[FigureName, Figure] = Field(default_factory=dict[FigureName, Figure])


def prediction(plan: Plan) -> Prediction:
    """Without a date, so that the same plan changes nothing in its stack."""
    cluster = plan.kubernetes or (plan.eks.serving if plan.eks else None)
    chosen = plan.placed.chosen if plan.placed else None
    return Prediction(
        target=plan.settings.target,
        model=plan.settings.models[0].served_name,
        engine_version=chosen.engine_version if chosen else None,
        place=chosen.place if chosen else "this machine",
        load=_load(plan),
        namespace=cluster.namespace if cluster else None,
        stack=cluster.name if cluster else plan.stack,
        figures={**_performance(plan), **_start(plan), **_replicas(plan), **_month(plan)},
    )


def _load(plan: Plan) -> dict[LoadName, float]:
    if plan.placed is None or plan.placed.chosen is None:
        return {}
    found: dict[LoadName, float] = {"concurrency": plan.placed.chosen.concurrency_per_replica}
    traffic = plan.settings.traffic
    if traffic and traffic.prompt_tokens and traffic.output_tokens:
        found["promptTokens"] = traffic.prompt_tokens.typical
        found["outputTokens"] = traffic.output_tokens.typical
    return found


def _performance(plan: Plan) -> dict[FigureName, Figure]:
    if plan.placed is None or plan.placed.chosen is None:
        return {}
    seen = plan.placed.chosen.performance
    ranges: dict[FigureName, Range | None] = {
        "ttftMs": seen.ttft_ms,
        "ttftP95Ms": seen.ttft_p95_ms,
        "itlMs": seen.itl_ms,
        "itlP95Ms": seen.itl_p95_ms,
        "outputTokensPerSecond": seen.output_tokens_per_second,
    }
    return {
        name: _figure(one.low, one.expected, one.high, tested=True)
        for name, one in ranges.items()
        if one is not None
    }


def _start(plan: Plan) -> dict[FigureName, Figure]:
    start = plan.placed.cold_start if plan.placed else None
    if start is None or start.total is None:
        return {}
    total = start.total
    return {"startSeconds": _figure(total.low, total.expected, total.high, at_least=start.at_least)}


def _replicas(plan: Plan) -> dict[FigureName, Figure]:
    if plan.local is not None:
        count = plan.local.replicas
        return {"replicas": _figure(count, count, count)}
    if plan.placed is None or plan.placed.chosen is None:
        return {}
    low, high = plan.placed.chosen.replicas
    mean = plan.placed.expected.replicas if plan.placed.expected else None
    return {"replicas": _figure(low, mean, high)}


def _month(plan: Plan) -> dict[FigureName, Figure]:
    """Of computing; on `eks` of everything that has a price, as the estimate of the stack is."""
    if plan.estimated_monthly_usd is None or plan.local is not None:
        return {}
    most = plan.estimated_monthly_usd
    if plan.eks_cost is not None:
        least, mean = (plan.eks_cost.total(bound) for bound in ("minimum", "expected"))
        return {"monthlyUsd": _figure(least, mean, most, at_least=bool(plan.eks_cost.unpriced))}
    if plan.placed is None or plan.placed.chosen is None or plan.canary is not None:
        return {}
    # Imported late: a local stack need not know GPUs and clouds.
    from planning.placed import month_at

    least, mean = (month_at(bound, plan.placed) for bound in ("minimum", "expected"))
    return {"monthlyUsd": _figure(least, mean, most)}


def _figure(
    low: float | Decimal | None,
    expected: float | Decimal | None,
    high: float | Decimal | None,
    *,
    tested: bool = False,
    at_least: bool = False,
) -> Figure:
    """In eight digits: the last bit of a float must not change a stack's outputs."""
    rounded = [None if one is None else float(f"{float(one):.8g}") for one in (low, expected, high)]
    return Figure(
        low=rounded[0], expected=rounded[1], high=rounded[2], tested=tested, at_least=at_least
    )
