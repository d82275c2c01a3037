"""KEDA's ScaledObject: asks Prometheus itself, and can go to zero."""

from __future__ import annotations

from components.kubernetes import names
from components.kubernetes.autoscaling.behavior import behavior, target
from components.kubernetes.manifest import Manifest, manifest
from components.specs.cluster import AutoscalingSpec, KubernetesSpec, TriggerSpec

_FAILURES = 3


def scaled_object(spec: KubernetesSpec, scaling: AutoscalingSpec) -> Manifest:
    """KEDA makes and owns the HorizontalPodAutoscaler of it."""
    name = names.serving(spec)
    body: Manifest = {
        "scaleTargetRef": target(spec),
        "pollingInterval": scaling.polling_seconds,
        "cooldownPeriod": scaling.cooldown_seconds,
        # A stack that was just made is not put to rest before its first request.
        "initialCooldownPeriod": scaling.cooldown_seconds,
        "minReplicaCount": scaling.minimum,
        "maxReplicaCount": scaling.maximum,
        # Without an answer from Prometheus nobody is taken away.
        "fallback": {
            "failureThreshold": _FAILURES,
            "replicas": max(1, scaling.minimum),
            "behavior": "currentReplicasIfHigher",
        },
        "advanced": {
            "horizontalPodAutoscalerConfig": {"name": name, "behavior": behavior(scaling)}
        },
        "triggers": [_trigger(trigger, scaling.prometheus_url) for trigger in scaling.triggers],
    }
    return manifest(spec, "keda.sh/v1alpha1", "ScaledObject", name, "engine", spec=body)


def _trigger(trigger: TriggerSpec, prometheus_url: str) -> Manifest:
    return {
        "type": "prometheus",
        "name": trigger.name,
        # The value of the query is of all replicas together.
        "metricType": "AverageValue",
        "metadata": {
            "serverAddress": prometheus_url,
            "query": trigger.query,
            "threshold": f"{trigger.threshold:g}",
            "activationThreshold": f"{trigger.activation:g}",
            # Replicas that are not there report nothing: that is no load, not a failure.
            "ignoreNullValues": "true",
        },
    }
