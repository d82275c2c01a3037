"""Pods that hold nodes: what workloads and whoever scales them ask for at least."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from planning.cost.line import UnpricedError
from planning.cost.resource import Resource, value_at, whole
from planning.cost.stack import Stack, object_name

_GPU = "nvidia.com/gpu"
_SCALERS = (
    ("HorizontalPodAutoscaler", "minReplicas", 1),
    ("ScaledObject", "minReplicaCount", 0),
)
_DEPLOYMENT = "kubernetes:apps/v1:Deployment"
_GROUPS = "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet"


@dataclass(frozen=True, kw_only=True)
class _Held:
    """By the fewest pods of one workload."""

    pods: int
    gpus: int


def fewest_nodes(pool: Resource, stack: Stack, gpus: int) -> int:
    """That the pods hold which only this pool's nodes take; `gpus`: of a node, 0 on CPU. What
    cannot be read is not counted; how many pods without GPUs share a node is not known."""
    others = [one for one in stack.of_type(pool.type) if one.urn != pool.urn]
    held = list(_all_held(stack, _labels(pool), [_labels(one) for one in others]))
    if gpus:
        return -(-sum(one.gpus for one in held) // gpus)
    return int(any(one.pods for one in held))


def _labels(pool: Resource) -> Mapping[str, Any]:
    own = pool.get("spec", "template", "metadata", "labels", default={})
    return {"karpenter.sh/nodepool": object_name(pool), **cast("Mapping[str, Any]", own)}


def _all_held(
    stack: Stack, labels: Mapping[str, Any], others: Sequence[Mapping[str, Any]]
) -> Iterator[_Held]:
    for one in stack.of_type(_DEPLOYMENT):
        yield _held(one, stack, labels, others, (("spec", "template", "spec"),))
    for one in stack.of_type(_GROUPS):
        group = ("spec", "leaderWorkerTemplate")
        try:
            size = whole(one.get(*group, "size", default=1), "size")
        except UnpricedError:
            size = 1
        leader, worker = ((*group, name, "spec") for name in ("leaderTemplate", "workerTemplate"))
        yield _held(one, stack, labels, others, (leader, *[worker] * (size - 1)))


def _held(
    workload: Resource,
    stack: Stack,
    labels: Mapping[str, Any],
    others: Sequence[Mapping[str, Any]],
    pods: tuple[tuple[str, ...], ...],
) -> _Held:
    """`pods`: where the pods of one replica are written."""
    try:
        specs = [workload.get(*where, default={}) for where in pods]
        here = all(_goes_there(one, labels) for one in specs)
        if not here or any(_goes_there(one, other) for one in specs for other in others):
            return _Held(pods=0, gpus=0)
        count = _replicas(workload, stack)
        return _Held(pods=len(pods) * count, gpus=sum(map(_gpus, specs)) * count)
    except UnpricedError:
        return _Held(pods=0, gpus=0)


def _goes_there(pod: Any, labels: Mapping[str, Any]) -> bool:
    wanted = cast("Mapping[str, Any]", value_at(pod, "nodeSelector", default={}))
    return any(labels.get(key) == value for key, value in wanted.items())


def _gpus(pod: Any) -> int:
    return sum(
        whole(value_at(one, "resources", "limits", _GPU, default=0), _GPU)
        for one in cast("list[Any]", value_at(pod, "containers", default=[]))
    )


def _replicas(workload: Resource, stack: Stack) -> int:
    """What a scaler may go down to, or else what is written."""
    name = object_name(workload)
    for kind, field, least in _SCALERS:
        for type_ in ("autoscaling/v2", "keda.sh/v1alpha1"):
            for scaler in stack.of_type(f"kubernetes:{type_}:{kind}"):
                if scaler.get("spec", "scaleTargetRef", "name") == name:
                    return whole(scaler.get("spec", field, default=least), field)
    return whole(workload.get("spec", "replicas", default=1), "replicas")
