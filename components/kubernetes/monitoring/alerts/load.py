"""More work than the replicas do."""

from __future__ import annotations

from components.kubernetes.monitoring import queries
from components.kubernetes.monitoring.records import KV_USAGE, QUEUED
from components.kubernetes.monitoring.rule import Alert
from components.specs.cluster import KubernetesSpec

_FULL = 0.95
_FULL_SECONDS = 600
_SHORTEST_SECONDS = 300


def load_alerts(spec: KubernetesSpec) -> list[Alert]:
    """Of the signals that this engine reports."""
    names = spec.observability.metrics.names
    return [
        *([_queue(spec)] if "queued" in names else []),
        *([_kv_cache(spec)] if "kv_usage" in names else []),
    ]


def _queue(spec: KubernetesSpec) -> Alert:
    half = max(1, spec.workload.engine.queue // 2)
    queued = queries.recorded(spec, QUEUED)
    return Alert(
        name="QueueGrowing",
        expression=f"{queued} > {half}"
        f" and (deriv({queued}[10m]) > 0 or min_over_time({queued}[10m]) > {half})",
        # Another replica would have been there by then.
        seconds=max(_SHORTEST_SECONDS, spec.observability.cold_start_seconds),
        severity="warning",
        summary="the queue grows, or stays long",
        description=f"{{{{ $value }}}} requests wait, more than half of one replica's queue of "
        f"{spec.workload.engine.queue}.",
    )


def _kv_cache(spec: KubernetesSpec) -> Alert:
    return Alert(
        name="KvCacheNearlyFull",
        expression=f"min_over_time({queries.recorded(spec, KV_USAGE)}[5m]) > {_FULL}",
        seconds=_FULL_SECONDS,
        severity="warning",
        summary="a KV cache is nearly full",
        description="{{ $value | humanizePercentage }} of a replica's KV cache is in use: requests "
        "wait for memory, or lose what they had computed.",
    )
