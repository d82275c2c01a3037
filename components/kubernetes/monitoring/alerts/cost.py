"""More money than planned."""

from __future__ import annotations

from components.kubernetes.monitoring import queries
from components.kubernetes.monitoring.records import RUNNING
from components.kubernetes.monitoring.rule import Alert
from components.specs.cluster import KubernetesSpec

_SECONDS = 3600


def cost_alerts(spec: KubernetesSpec) -> list[Alert]:
    """None without a budget, or where nobody knows what a replica costs."""
    budget, price = spec.observability.monthly_usd, spec.observability.replica_monthly_usd
    if budget is None or price is None:
        return []
    replicas = f"avg_over_time({queries.recorded(spec, RUNNING)}[1d])"
    return [
        Alert(
            name="CostOverBudget",
            expression=f"{replicas} * {price:g} > {budget:g}",
            seconds=_SECONDS,
            severity="warning",
            summary="the replicas cost more than the budget",
            description="At the pace of the last day they cost {{ $value | humanize }} USD a month "
            f"of a budget of {budget:g} USD.",
        )
    ]
