"""A HorizontalPodAutoscaler on external metrics, for clusters with an adapter for Prometheus.

The adapter serves one series, `slipway_autoscaling_load` with the labels `namespace`, `stack` and
`trigger`; a recording rule makes it of the triggers' queries.
"""

from __future__ import annotations

from components.kubernetes import names
from components.kubernetes.autoscaling.behavior import behavior, target
from components.kubernetes.manifest import Manifest, manifest
from components.kubernetes.quantity import of_millis
from components.specs.cluster import AutoscalingSpec, KubernetesSpec, TriggerSpec

SERIES = "slipway_autoscaling_load"


def horizontal_pod_autoscaler(spec: KubernetesSpec, scaling: AutoscalingSpec) -> Manifest:
    body: Manifest = {
        "scaleTargetRef": target(spec),
        "minReplicas": scaling.minimum,
        "maxReplicas": scaling.maximum,
        "behavior": behavior(scaling),
        "metrics": [_metric(spec, trigger) for trigger in scaling.triggers],
    }
    name = names.serving(spec)
    return manifest(spec, "autoscaling/v2", "HorizontalPodAutoscaler", name, "engine", spec=body)


def recorded_triggers(spec: KubernetesSpec, scaling: AutoscalingSpec) -> Manifest:
    """The series that the adapter serves."""
    rules = [
        {
            "record": SERIES,
            "expr": trigger.query,
            "labels": {
                "namespace": spec.namespace,
                "stack": spec.name,
                "trigger": trigger.name,
            },
        }
        for trigger in scaling.triggers
    ]
    group: Manifest = {
        "name": f"{spec.name}-autoscaling",
        "interval": f"{scaling.polling_seconds}s",
        "rules": rules,
    }
    made = manifest(
        spec,
        "monitoring.coreos.com/v1",
        "PrometheusRule",
        names.named(spec, "autoscaling"),
        "monitoring",
        spec={"groups": [group]},
    )
    made["metadata"]["labels"] |= spec.observability.labels
    return made


def _metric(spec: KubernetesSpec, trigger: TriggerSpec) -> Manifest:
    selector = {"matchLabels": {"stack": spec.name, "trigger": trigger.name}}
    return {
        "type": "External",
        "external": {
            "metric": {"name": SERIES, "selector": selector},
            "target": {
                "type": "AverageValue",
                "averageValue": of_millis(round(1000 * trigger.threshold)),
            },
        },
    }
