"""Figures of cost."""

from __future__ import annotations

from decimal import Decimal

from planning.choice import Candidate
from planning.explain.value import About, Arithmetic, Figures, because, cited, many
from planning.month import HOURS
from planning.report.placed_build import canary_month

_LOCAL = "processes on this machine are not billed"
_NOTHING = "nothing is chosen"


def node_price(one: Candidate, about: About) -> tuple[Decimal | None, tuple[str, ...]]:
    """Dollars an hour of one node or endpoint replica, and where they are from."""
    if one.usd_per_hour is None:
        return None, ()
    usd = one.usd_per_hour / one.nodes_per_replica
    if one.hf_hardware is not None:
        return usd, (cited("endpoint", about.catalog.hf_hardware[one.hf_hardware]),)
    region = about.plan.settings.aws.region
    price = about.catalog.on_demand(one.instance or "", region)
    return usd, (cited("price", price),) if price else ()


def _hour(about: About, index: int) -> Arithmetic:
    if about.plan.local is not None:
        return because(_LOCAL, result=0)
    if not about.decided:
        return because(_NOTHING, result=None)
    one = about.chosen
    usd, sources = node_price(one, about)
    if usd is None:
        return because(one.unpriced or "unpriced", result=None)
    return because(
        f"${usd}/h x {many(one.nodes_per_replica, 'node')} of a replica",
        result=float(usd * one.nodes_per_replica),
        sources=sources,
    )


def _fewest(about: About, index: int) -> Arithmetic:
    return _month(about, 0)


def _most(about: About, index: int) -> Arithmetic:
    return _month(about, 1)


def _month(about: About, end: int) -> Arithmetic:
    if about.plan.local is not None:
        return because(_LOCAL, result=about.plan.estimated_monthly_usd)
    if not about.decided:
        return because(_NOTHING, result=None)
    one = about.chosen
    usd, sources = node_price(one, about)
    if usd is None:
        return because(one.unpriced or "unpriced", result=None)
    beside, lines = _canary(about)
    if beside is None:
        return because(*lines, result=None)
    nodes = one.nodes(one.replicas[end])
    each = f"{one.replicas_per_node} a node, " if one.replicas_per_node > 1 else ""
    return because(
        f"{many(one.replicas[end], 'replica')}, {each}on {many(nodes, 'node')} x ${usd}/h x "
        f"{HOURS} h",
        *lines,
        "computing alone: no disks, load balancers, traffic or control plane",
        result=float(usd * nodes * HOURS + beside),
        sources=sources,
    )


def _canary(about: About) -> tuple[Decimal | None, tuple[str, ...]]:
    """Dollars a month of the canary, and how; None: unpriced."""
    canary = about.plan.canary
    month = canary_month(canary)
    if canary is None or canary.chosen is None:
        return month, ()
    one = canary.chosen
    if month is None:
        return None, (f"the canary: {one.unpriced or 'unpriced'}",)
    nodes = one.nodes(one.replicas[1])
    return month, (
        f"and the canary: {many(one.replicas[1], 'replica')} on {many(nodes, 'node')} for "
        f"{HOURS} h: ${month}",
    )


def _of_canary(about: About, index: int) -> Arithmetic:
    month, lines = _canary(about)
    if about.plan.canary is None or month is None:
        return because(*(lines or ("there is no canary",)), result=None)
    return because(*lines, result=float(month))


def _expected(about: About, index: int) -> Arithmetic:
    if about.plan.local is not None:
        return because(_LOCAL, result=0)
    found = about.expected
    if found is None:
        return because(_NOTHING, result=None)
    one = about.chosen
    usd, sources = node_price(one, about)
    if found.levels is None or usd is None:
        return because(*found.words, *filter(None, [one.unpriced]), result=None)
    beside, lines = _canary(about)
    if beside is None:
        return because(*lines, result=None)
    parts = (
        f"{share:.4%} of the time {many(replicas, 'replica')}, {many(one.nodes(replicas), 'node')}"
        for share, replicas in found.levels
    )
    nodes = sum(Decimal(share) * one.nodes(replicas) for share, replicas in found.levels)
    return because(
        *parts,
        *found.words,
        f"{nodes:.4f} nodes x ${usd}/h x {HOURS} h",
        *lines,
        result=float(usd * nodes * HOURS + beside),
        sources=sources,
    )


def _running(about: About, index: int) -> Arithmetic:
    if about.plan.local is not None:
        return because("all of them, all the time", result=about.plan.local.replicas)
    found = about.expected
    if found is None:
        return because(_NOTHING, result=None)
    result = found.replicas
    return because("mean over the time", *found.words, result=result)


def _per_million(about: About, index: int) -> Arithmetic:
    if about.plan.local is not None:
        return because(_LOCAL, result=None)
    if not about.decided:
        return because(_NOTHING, result=None)
    one = about.chosen
    dollars = one.usd_per_million_output_tokens
    demand = about.plan.placed.wanted.demand if about.plan.placed else None
    tokens = one.performance.output_tokens_per_second
    if dollars is None or demand is None or tokens is None:
        return because(one.usd_per_million_reason, result=None)
    usd, sources = node_price(one, about)
    asked = demand.requests_per_second * demand.output_tokens
    return because(
        f"nodes that run at the demand x ${usd}/h, over the tokens of an hour:",
        f"asked are {demand.requests_per_second:g} requests/s x {demand.output_tokens} tokens = "
        f"{asked:,.0f} tokens/s,",
        f"and one replica makes {tokens.low:,.0f} to {tokens.high:,.0f}; the smaller counts",
        result=(dollars.low, dollars.expected, dollars.high),
        sources=sources,
    )


FIGURES: Figures = {
    "cost.usdPerHour": _hour,
    "cost.minimumMonthlyUsd": _fewest,
    "cost.estimatedMonthlyUsd": _most,
    "cost.expectedMonthlyUsd": _expected,
    "cost.canaryMonthlyUsd": _of_canary,
    "cost.expectedReplicas": _running,
    "cost.usdPerMillionOutputTokens": _per_million,
}
