"""Rules: whether answers come as fast as the stack file asks for."""

from __future__ import annotations

from collections.abc import Iterator

from planning.choice import Candidate, Margin
from planning.problems import Problem, Severity
from planning.settings import Settings

_KEYS = {"ttft_ms": "ttft", "itl_ms": "itl"}


def demand_is_met(settings: Settings, chosen: Candidate) -> Iterator[Problem]:
    """An error where even the fast end of the prediction is too slow; else a warning."""
    for margin in chosen.slo:
        if margin.verdict != "holds":
            yield _missed(margin)
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


def _missed(margin: Margin) -> Problem:
    severity: Severity = "error" if margin.verdict == "broken" else "warning"
    code = {"broken": "slo-broken", "open": "slo-open"}.get(margin.verdict, "not-predicted")
    return Problem(
        path=f"slipway:traffic.slo.{_KEYS[margin.figure]}",
        code=code,
        got=f"{margin.limit:g} ms" + (f"; {margin.reason}" if margin.reason else ""),
        allowed=_predicted(margin),
        fixes=("allow more time, or more replicas", "or name a faster GPU in pools")
        if margin.share
        else ("measure it after pulumi up",),
        severity=severity,
    )


def _predicted(margin: Margin) -> str:
    if margin.share is None:
        return "a limit that can be compared with a prediction"
    low, high = ((1 - share) * margin.limit for share in (margin.share.high, margin.share.low))
    return f"more than the predicted {low:.0f} to {high:.0f} ms"
