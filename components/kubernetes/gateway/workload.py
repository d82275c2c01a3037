"""Replicas of the gateway, and how many."""

from __future__ import annotations

from components.kubernetes import names
from components.kubernetes.gateway.pod import COMPONENT, gateway_pod
from components.kubernetes.manifest import Manifest, manifest, selector
from components.specs.cluster import KubernetesSpec

_REVISIONS = 3
_BUSY_PERCENT = 70
_CALM_SECONDS = 300


def deployment(spec: KubernetesSpec) -> Manifest:
    """A rollout never goes below the wished replicas."""
    least, most = spec.gateway.replicas
    body: Manifest = {
        # The autoscaler and this number would overwrite each other.
        **({"replicas": least} if least == most else {}),
        "revisionHistoryLimit": _REVISIONS,
        "selector": {"matchLabels": selector(spec, COMPONENT)},
        "strategy": {
            "type": "RollingUpdate",
            "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0},
        },
        "template": gateway_pod(spec),
    }
    return manifest(spec, "apps/v1", "Deployment", names.gateway(spec), COMPONENT, spec=body)


def autoscalers(spec: KubernetesSpec) -> tuple[Manifest, ...]:
    """By processor time. It says nothing of an engine, whose queue grows while its processor waits
    for the GPU; but copying bytes is all that Envoy does, so its load is what it computes."""
    least, most = spec.gateway.replicas
    if least == most:
        return ()
    target = {"type": "Utilization", "averageUtilization": _BUSY_PERCENT}
    body: Manifest = {
        "scaleTargetRef": {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "name": names.gateway(spec),
        },
        "minReplicas": least,
        "maxReplicas": most,
        "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": target}}],
        "behavior": {"scaleDown": {"stabilizationWindowSeconds": _CALM_SECONDS}},
    }
    return (
        manifest(
            spec,
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            names.gateway(spec),
            COMPONENT,
            spec=body,
        ),
    )
