"""Rules: whether answers come as fast as the stack file asks for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planning.choice import Candidate, Choice, Margin
from planning.problems import Problem
from planning.settings import Settings

_KEYS = {"ttft_ms": "ttft", "itl_ms": "itl"}


def demand_is_met(settings: Settings, chosen: Candidate) -> Iterator[Problem]:
    """Only warnings: a prediction is no proof, and forbids nothing."""
    for margin in chosen.slo:
        if margin.verdict in ("broken", "open"):
            yield _missed(margin)
        elif margin.verdict != "holds":
            yield _unpredicted(margin)
    traffic = settings.traffic
    if traffic and (traffic.requests_per_second or traffic.slo) and chosen.standing is None:
        yield Problem(
            path="slipway:traffic",
            code="demand-incomplete",
            got="an expectation without requestsPerSecond, promptTokens and outputTokens together",
            allowed="all three, for replicas and speed to be planned",
            fixes=("add the missing ones",),
            severity="warning",
        )


def cheaper_if_fast_enough(choice: Choice, chosen: Candidate) -> Iterator[Problem]:
    """What fits for less money, but whose speed nothing here was measured to tell."""
    cheapest = min(
        (one for one in choice.candidates if one.fits and one.standing == "unknown"),
        key=lambda one: one.monthly_usd or (Decimal("inf"),) * 2,
        default=None,
    )
    if cheapest is None or not (cheapest.monthly_usd and chosen.monthly_usd):
        return
    if chosen.fits and cheapest.monthly_usd[0] < chosen.monthly_usd[0]:
        yield Problem(
            path="slipway:pools",
            code="cheaper-unmeasured",
            got=f"{chosen.place} for ${chosen.monthly_usd[0]:,.0f} a month, chosen because its "
            "speed is known",
            allowed="the same, or what fits for less, once you have measured it",
            fixes=(
                f"try {cheapest.place} with {cheapest.engine_version} and "
                f"{cheapest.quantization}: ${cheapest.monthly_usd[0]:,.0f} a month",
            ),
            severity="advice",
        )


def _missed(margin: Margin) -> Problem:
    return Problem(
        path=f"slipway:traffic.slo.{_KEYS[margin.figure]}",
        code=f"slo-{margin.verdict}",
        got=f"{margin.limit:g} ms, while {_predicted(margin)} are predicted"
        + (f"; {margin.reason}" if margin.reason else ""),
        allowed="more than the slow end of the prediction",
        fixes=("allow more time, or more replicas", "or name a faster GPU in pools"),
        severity="warning",
    )


def _unpredicted(margin: Margin) -> Problem:
    return Problem(
        path=f"slipway:traffic.slo.{_KEYS[margin.figure]}",
        code="not-predicted",
        got=f"{margin.limit:g} ms; {margin.reason}"
        + (f" ({_predicted(margin)} typical)" if margin.predicted else ""),
        allowed="a limit that a tested prediction can be held against",
        fixes=("measure it after pulumi up",),
        severity="warning",
    )


def _predicted(margin: Margin) -> str:
    seen = margin.predicted
    return f"{seen.low:.0f} to {seen.high:.0f} ms" if seen else "nothing"
