"""What Prometheus and Grafana get."""

from __future__ import annotations

from math import ceil

from components.specs.cluster import ObservabilitySpec
from components.specs.engine import MetricsSpec
from planning.choice import Candidate
from planning.cluster.charts import PROMETHEUS
from planning.coldstart import ColdStart
from planning.month import HOURS
from planning.settings import Settings
from planning.settings.units import Duration

_RUNBOOKS = "docs/runbooks"


def observability_spec(
    settings: Settings, metrics: MetricsSpec, chosen: Candidate, start: ColdStart
) -> ObservabilitySpec:
    section, slo = settings.observability, settings.traffic.slo if settings.traffic else None
    there = any(one.name == PROMETHEUS for one in settings.kubernetes.operators)
    monitors = there if section.monitors is None else section.monitors
    return ObservabilitySpec(
        monitors=monitors,
        rules=monitors if section.rules is None else section.rules,
        dashboards=monitors if section.dashboards is None else section.dashboards,
        labels=dict(section.labels),
        metrics=metrics,
        ttft_seconds=_seconds(slo.ttft) if slo else None,
        itl_seconds=_seconds(slo.itl) if slo else None,
        slo_share=int(slo.percentile.removeprefix("p")) / 100 if slo else 0.95,
        cold_start_seconds=ceil(start.budget_seconds),
        monthly_usd=settings.budget.monthly.usd if settings.budget else None,
        replica_monthly_usd=_month(chosen),
        traces_endpoint=section.traces,
        runbooks=section.runbooks.rstrip("/") if section.runbooks else _RUNBOOKS,
    )


def _month(chosen: Candidate) -> float | None:
    return None if chosen.usd_per_hour is None else float(chosen.usd_per_hour * HOURS)


def _seconds(time: Duration | None) -> float | None:
    return time.seconds if time else None
