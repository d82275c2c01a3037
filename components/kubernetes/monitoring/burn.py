"""How fast the share of slow or failed requests uses up what may be slow or failed.

Each alert looks at two windows: the long one says that it matters, the short one that it still
goes on. The factors are those of Google's SRE workbook, "Alerting on SLOs", for 30 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from components.kubernetes.monitoring import queries
from components.kubernetes.monitoring.rule import Record
from components.specs.cluster import KubernetesSpec
from components.specs.engine import Meaning

SLOW: dict[str, Meaning] = {"first_token": "ttft", "next_token": "itl"}
FAILED = "slipway:requests_failed:ratio_rate"


@dataclass(frozen=True, kw_only=True)
class Burn:
    """Two windows, and how many times faster than allowed the budget is used in both."""

    long: str
    short: str
    factor: float
    severity: Literal["critical", "warning"]


BURNS = (
    Burn(long="1h", short="5m", factor=14.4, severity="critical"),
    Burn(long="6h", short="30m", factor=6, severity="warning"),
)


def burn_records(spec: KubernetesSpec) -> list[Record]:
    """Shares (0..1) over every window."""
    windows = [window for burn in BURNS for window in (burn.short, burn.long)]
    made: list[Record] = []
    for what, meaning in SLOW.items():
        bound = slow_bound(spec, meaning)
        within = queries.engine(spec, meaning, "_bucket", le=str(bound))
        count = queries.engine(spec, meaning, "_count")
        if bound is not None and within and count:
            made += [
                Record(
                    name=slow(what, window),
                    expression=f"1 - sum(rate({within}[{window}])) / sum(rate({count}[{window}]))",
                )
                for window in windows
            ]
    failed = queries.requests(spec, envoy_response_code_class="5")
    for window in windows:
        all_ = f"sum(rate({queries.requests(spec)}[{window}]))"
        share = f"sum(rate({failed}[{window}])) / {all_}"
        made.append(Record(name=FAILED + window, expression=share))
    return made


def slow(what: str, window: str) -> str:
    return f"slipway:{what}_slow:ratio_rate{window}"


def slow_bound(spec: KubernetesSpec, meaning: Meaning) -> float | None:
    """Seconds above which a token counts as slow: the SLO, rounded up to a bound of the histogram;
    None without an SLO, or without a histogram that reaches it."""
    asked = spec.observability
    wanted = asked.ttft_seconds if meaning == "ttft" else asked.itl_seconds
    bounds = asked.metrics.buckets.get(meaning, ())
    return min((float(bound) for bound in bounds if wanted and bound >= wanted), default=None)


def burning(burn: Burn, budget: float) -> float:
    """The share (0..1) from which an alert is due, where `budget` is the share that may be bad.

    A large budget cannot be used up 14 times faster than allowed: then most of all is enough.
    """
    most = (1 + budget) / 2 if burn.severity == "critical" else (1 + 2 * budget) / 3
    return round(min(burn.factor * budget, most), 4)
