"""Dollars of the nodes that replicas run on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from planning.choice.demand import Sized
from planning.choice.judge import Judged
from planning.choice.wanted import Demand
from planning.month import HOURS
from planning.throughput import Range


@dataclass(frozen=True, kw_only=True)
class Price:
    """Of one candidate; None: unpriced, never 0."""

    usd_per_hour: Decimal | None
    monthly_usd: tuple[Decimal, Decimal] | None
    list_monthly_usd: Decimal | None
    """At the most replicas and on-demand list prices: orders what has no price of its own."""
    per_million: Range | None
    per_million_reason: str


def price_of(judged: Judged, sized: Sized, demand: Demand | None) -> Price:
    site, nodes = judged.point.site, judged.point.nodes
    usd, fewest, most = site.usd_per_hour, *(_nodes(judged, count) for count in sized.replicas)
    per_million, reason = _per_million(judged, sized, demand)
    return Price(
        usd_per_hour=None if usd is None else usd * nodes,
        monthly_usd=None if usd is None else (usd * fewest * HOURS, usd * most * HOURS),
        list_monthly_usd=None if site.list_usd is None else site.list_usd * most * HOURS,
        per_million=per_million,
        per_million_reason=reason,
    )


def _nodes(judged: Judged, replicas: int) -> int:
    """Whole nodes for so many replicas."""
    return ceil(replicas / judged.replicas_per_node) * judged.point.nodes


def _per_million(judged: Judged, sized: Sized, demand: Demand | None) -> tuple[Range | None, str]:
    """Dollars an hour over tokens an hour: those that are asked, or as many as are carried."""
    usd, tokens = judged.point.site.usd_per_hour, sized.performance.output_tokens_per_second
    if usd is None:
        return None, judged.point.site.unpriced or "unpriced"
    if demand is None or tokens is None:
        return None, sized.performance.reasons["output_tokens_per_second"]
    asked = demand.requests_per_second * demand.output_tokens
    hourly = float(usd) * _nodes(judged, sized.active)

    def dollars(carried: float) -> float:
        return hourly / (min(asked, carried * sized.active) * 3600) * 1e6

    return (
        Range(
            low=dollars(tokens.high), expected=dollars(tokens.expected), high=dollars(tokens.low)
        ),
        "",
    )
