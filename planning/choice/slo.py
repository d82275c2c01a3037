"""Limits of a demand against what is predicted, and what both can be compared for."""

from __future__ import annotations

from collections.abc import Iterator

from planning.choice.candidate import Margin, Standing, Verdict
from planning.choice.demand import Sized
from planning.choice.figures import Figure, compared
from planning.choice.wanted import Demand
from planning.problems import Problem
from planning.throughput import Performance, Range


def margins(demand: Demand, sized: Sized) -> tuple[Margin, ...]:
    """One for each limit that is asked."""
    seen = sized.limiting
    asked: tuple[tuple[Figure, float | None], ...] = (
        ("ttft_ms", demand.ttft_ms),
        ("itl_ms", demand.itl_ms),
    )
    return tuple(
        _margin(figure, limit, demand, seen) for figure, limit in asked if limit is not None
    )


def standing(demand: Demand | None, sized: Sized, found: tuple[Margin, ...]) -> Standing | None:
    """All limits and the rate together."""
    if demand is None:
        return None
    verdicts = {margin.verdict for margin in found}
    if verdicts & {"broken", "open"}:
        return "broken"
    if sized.performance.output_tokens_per_second is None:
        return "unknown"
    if sized.needed is None or sized.needed > sized.active:
        return "broken"
    return "partly" if "not predicted" in verdicts else "proven"


def demand_problems(demand: Demand, sized: Sized) -> Iterator[Problem]:
    """Of the rate; limits are in the margins. Never an error: a prediction may be wrong."""
    if sized.needed is not None and sized.needed > sized.active:
        yield Problem(
            path="slipway:scaling.replicas",
            code="demand-above-capacity",
            got=f"{demand.requests_per_second:g} requests a second on {sized.active} replica"
            + ("s" if sized.active > 1 else ""),
            allowed=f"{sized.needed} replicas or more, by the slow end of the prediction",
            fixes=(f"write replicas: {sized.needed}",),
            severity="warning",
        )


def _margin(figure: Figure, limit: float, demand: Demand, seen: Performance) -> Margin:
    predicted, covered = compared(seen, figure, demand.percentile)
    if predicted is None:
        return Margin(
            figure=figure,
            limit=limit,
            predicted=None,
            share=None,
            verdict="not predicted",
            reason=seen.reasons.get(figure, ""),
        )
    share = Range(
        low=1 - predicted.high / limit,
        expected=1 - predicted.expected / limit,
        high=1 - predicted.low / limit,
    )
    verdict: Verdict = "holds"
    reason = ""
    if share.low < 0:
        verdict = "broken" if share.high < 0 else "open"
    elif not covered:
        verdict, reason = (
            "not predicted",
            f"the prediction is of a typical request (median); {demand.percentile} is no shorter, "
            "and by how much is not predicted",
        )
    return Margin(
        figure=figure,
        limit=limit,
        predicted=predicted,
        share=share,
        verdict=verdict,
        reason=reason,
    )
