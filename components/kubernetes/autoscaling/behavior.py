"""How fast the number of replicas follows the load: the same words in both kinds of autoscaler."""

from __future__ import annotations

from components.kubernetes import names
from components.kubernetes.manifest import Manifest
from components.specs.cluster import AutoscalingSpec, KubernetesSpec

_UP_SECONDS = 15
_DOWN_SECONDS = 60


def behavior(scaling: AutoscalingSpec) -> Manifest:
    """Up at once; down by at most half a minute, and only to what the whole window had needed."""
    return {
        "scaleUp": {
            "stabilizationWindowSeconds": 0,
            "selectPolicy": "Max",
            "policies": [
                {"type": "Percent", "value": 100, "periodSeconds": _UP_SECONDS},
                {"type": "Pods", "value": 4, "periodSeconds": _UP_SECONDS},
            ],
        },
        "scaleDown": {
            "stabilizationWindowSeconds": scaling.scale_down_stabilisation_seconds,
            "selectPolicy": "Max",
            "policies": [
                {"type": "Percent", "value": 50, "periodSeconds": _DOWN_SECONDS},
                {"type": "Pods", "value": 1, "periodSeconds": _DOWN_SECONDS},
            ],
        },
    }


def target(spec: KubernetesSpec) -> Manifest:
    """The workload whose replicas are counted."""
    if spec.workload.engine.nodes > 1:
        version, kind = "leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet"
    else:
        version, kind = "apps/v1", "Deployment"
    return {"apiVersion": version, "kind": kind, "name": names.serving(spec)}
