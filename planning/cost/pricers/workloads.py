"""Pods that hold nodes: what a Deployment and whoever scales it ask for at least."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from planning.cost.line import UnpricedError
from planning.cost.resource import Resource, value_at, whole
from planning.cost.stack import Stack, object_name

_GPU = "nvidia.com/gpu"
_SCALERS = (
    ("HorizontalPodAutoscaler", "minReplicas", 1),
    ("ScaledObject", "minReplicaCount", 0),
)


def fewest_gpus(pool: Resource, stack: Stack) -> int:
    """Of the pods that only this pool's nodes take; what cannot be read is not counted."""
    labels = {
        "karpenter.sh/nodepool": object_name(pool),
        **cast(
            "Mapping[str, Any]",
            pool.get("spec", "template", "metadata", "labels", default={}),
        ),
    }
    return sum(_gpus(one, stack, labels) for one in stack.of_type("kubernetes:apps/v1:Deployment"))


def _gpus(deployment: Resource, stack: Stack, labels: Mapping[str, Any]) -> int:
    try:
        pod = deployment.get("spec", "template", "spec", default={})
        wanted = cast("Mapping[str, Any]", value_at(pod, "nodeSelector", default={}))
        if not any(labels.get(key) == value for key, value in wanted.items()):
            return 0
        each = sum(
            whole(value_at(one, "resources", "limits", _GPU, default=0), _GPU)
            for one in cast("list[Any]", value_at(pod, "containers", default=[]))
        )
        return each * _replicas(deployment, stack)
    except UnpricedError:
        return 0


def _replicas(deployment: Resource, stack: Stack) -> int:
    """What a scaler may go down to, or else what is written."""
    name = object_name(deployment)
    for kind, field, least in _SCALERS:
        for type_ in ("autoscaling/v2", "keda.sh/v1alpha1"):
            for scaler in stack.of_type(f"kubernetes:{type_}:{kind}"):
                if scaler.get("spec", "scaleTargetRef", "name") == name:
                    return whole(scaler.get("spec", field, default=least), field)
    return whole(deployment.get("spec", "replicas", default=1), "replicas")
