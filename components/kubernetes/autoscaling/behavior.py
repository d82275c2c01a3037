"""How fast the number of replicas follows the load: the same words in both kinds of autoscaler."""

from __future__ import annotations

from components.kubernetes import names
from components.kubernetes.manifest import Manifest
from components.specs.cluster import AutoscalingSpec, KubernetesSpec, ScalePaceSpec


def behavior(scaling: AutoscalingSpec) -> Manifest:
    return {"scaleUp": _pace(scaling.up), "scaleDown": _pace(scaling.down)}


def target(spec: KubernetesSpec) -> Manifest:
    """The workload whose replicas are counted."""
    if spec.workload.engine.nodes > 1:
        version, kind = "leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet"
    else:
        version, kind = "apps/v1", "Deployment"
    return {"apiVersion": version, "kind": kind, "name": names.serving(spec)}


def _pace(pace: ScalePaceSpec) -> Manifest:
    return {
        "stabilizationWindowSeconds": pace.stabilisation_seconds,
        "selectPolicy": "Max",
        "policies": [
            {"type": policy.kind, "value": policy.value, "periodSeconds": policy.period_seconds}
            for policy in pace.policies
        ],
    }
