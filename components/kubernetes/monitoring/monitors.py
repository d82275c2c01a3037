"""What Prometheus' operator scrapes: every pod of the engine and of the gateway."""

from __future__ import annotations

from components.kubernetes import names
from components.kubernetes.canary import of_canary
from components.kubernetes.manifest import INSTANCE, Component, Manifest, manifest, selector
from components.specs.cluster import KubernetesSpec

GATEWAY_PORT, GATEWAY_PATH = "probes", "/metrics"
_INTERVAL_SECONDS = 15


def monitors(spec: KubernetesSpec) -> tuple[Manifest, ...]:
    """Pods, not Services: a replica that is not ready is of interest too."""
    canary = of_canary(spec)
    return (
        _engine_monitor(spec),
        *((_engine_monitor(canary),) if canary else ()),
        _monitor(spec, "gateway", GATEWAY_PORT, GATEWAY_PATH),
    )


def _engine_monitor(spec: KubernetesSpec) -> Manifest:
    metrics, part = spec.observability.metrics, spec.workload.part
    made = _monitor(spec, part, metrics.port, metrics.path)
    if part == "canary":
        # Its load must not look like load of the stack, which scales and is alerted on by it.
        job = {"targetLabel": "job", "replacement": names.serving(spec)}
        made["spec"]["podMetricsEndpoints"][0]["relabelings"] = [job]
    return made


def _monitor(spec: KubernetesSpec, component: Component, port: str, path: str) -> Manifest:
    # An autoscaler sees nothing newer than the last scrape.
    seconds = spec.autoscaling.polling_seconds if spec.autoscaling else _INTERVAL_SECONDS
    body: Manifest = {
        # Series of both are told from others by this one label, see components/specs/scrape.py.
        "jobLabel": INSTANCE,
        "selector": {"matchLabels": selector(spec, component)},
        "podMetricsEndpoints": [{"port": port, "path": path, "interval": f"{seconds}s"}],
    }
    made = manifest(
        spec,
        "monitoring.coreos.com/v1",
        "PodMonitor",
        names.named(spec, component),
        "monitoring",
        spec=body,
    )
    made["metadata"]["labels"] |= spec.observability.labels
    return made
