"""Series that alerts and dashboards share: one word for what every engine calls differently."""

from __future__ import annotations

from components.kubernetes.monitoring import queries
from components.kubernetes.monitoring.rule import Record
from components.specs.cluster import KubernetesSpec
from components.specs.engine import Meaning

READY = "slipway:replicas_ready:max"
RUNNING = "slipway:replicas_running:sum"
HELD = "slipway:requests_held:sum"
QUEUED = "slipway:requests_queued:sum"
KV_USAGE = "slipway:kv_cache_usage:max"


def records(spec: KubernetesSpec) -> list[Record]:
    """Series of the whole stack, without labels but the stack's own."""
    healthy = queries.gateway(spec, "envoy_cluster_membership_healthy", envoy_cluster_name="engine")
    running = queries.replica_pods(spec, "kube_pod_status_phase", phase="Running")
    made = [
        # As the gateways see it: a replica that they cannot reach is none.
        Record(name=READY, expression=f"max({healthy})"),
        Record(name=RUNNING, expression=f"sum({running}) / {spec.workload.engine.nodes}"),
    ]
    if spec.gateway.gateway.hold:
        held = queries.gateway(
            spec, "envoy_cluster_upstream_rq_active", envoy_cluster_name="waiting"
        )
        made.append(Record(name=HELD, expression=f"sum({held})"))
    gauges: dict[Meaning, tuple[str, str]] = {
        "queued": (QUEUED, "sum"),
        "kv_usage": (KV_USAGE, "max"),
    }
    for meaning, (name, over) in gauges.items():
        if reported := queries.engine(spec, meaning):
            made.append(Record(name=name, expression=f"{over}({reported})"))
    return made
