"""Replicas that are not there, do not start, or do not stay."""

from __future__ import annotations

from components.kubernetes.monitoring import queries
from components.kubernetes.monitoring.records import HELD, READY
from components.kubernetes.monitoring.rule import Alert
from components.specs.cluster import KubernetesSpec

_UNREADY_SECONDS = 60
_SILENT_SECONDS = 600
_CRASHING_SECONDS = 300


def replica_alerts(spec: KubernetesSpec) -> list[Alert]:
    return [_no_ready_replica(spec), _no_metrics(spec), _crash_loop(spec), _slow_start(spec)]


def _no_ready_replica(spec: KubernetesSpec) -> Alert:
    none = f"{queries.recorded(spec, READY)} == 0"
    asleep = spec.autoscaling is not None and spec.autoscaling.minimum == 0
    if not asleep:
        return Alert(
            name="NoReadyReplica",
            expression=none,
            seconds=_UNREADY_SECONDS,
            severity="critical",
            summary="no replica is ready",
            description="The gateways find no replica to send requests to: all are refused.",
        )
    return Alert(
        name="NoReadyReplica",
        # A stack at rest has none either; but then nobody waits.
        expression=f"{none} and on () {queries.recorded(spec, HELD)} > 0",
        seconds=spec.observability.cold_start_seconds,
        severity="critical",
        summary="requests wait and no replica gets ready",
        description="Requests are held at the gateways for longer than a start may take.",
    )


def _no_metrics(spec: KubernetesSpec) -> Alert:
    live = queries.gateway(spec, "envoy_server_live")
    return Alert(
        name="NoMetrics",
        expression=f"absent({live})",
        seconds=_SILENT_SECONDS,
        severity="warning",
        summary="Prometheus has no series of the gateways",
        description="Every other alert of the stack, and its autoscaler, are blind.",
    )


def _crash_loop(spec: KubernetesSpec) -> Alert:
    waiting = queries.pods(
        spec,
        "kube_pod_container_status_waiting_reason",
        f"{spec.name}-.+",
        reason="CrashLoopBackOff",
    )
    return Alert(
        name="CrashLoop",
        # Between two crashes the container runs for a moment.
        expression=f"max by (pod, container) (max_over_time({waiting}[5m])) >= 1",
        seconds=_CRASHING_SECONDS,
        severity="critical",
        summary="a container crashes again and again",
        description="{{ $labels.container }} of {{ $labels.pod }} does not stay up.",
    )


def _slow_start(spec: KubernetesSpec) -> Alert:
    budget = spec.observability.cold_start_seconds
    created = queries.replica_pods(spec, "kube_pod_created")
    ready = queries.replica_pods(spec, "kube_pod_status_ready", condition="true")
    ended = " or ".join(
        f"{queries.replica_pods(spec, 'kube_pod_status_phase', phase=phase)} == 1"
        for phase in ("Failed", "Succeeded")
    )
    return Alert(
        name="ColdStartOverBudget",
        expression=f"time() - {created} > {budget}"
        f" and on (pod) max_over_time({ready}[{budget}s]) == 0"
        f" unless on (pod) ({ended})",
        seconds=0,
        severity="warning",
        summary="a replica takes longer to start than planned",
        description=f"{{{{ $labels.pod }}}} is not ready after the {budget} s that the plan has "
        "for node, image, weights and compilation.",
    )
