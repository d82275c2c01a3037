"""Pods that hold nodes."""

from __future__ import annotations

from typing import Any

from components.specs.cluster import KubernetesSpec
from planning.cost.planned.made import Maker
from planning.cost.resource import Resource


def replicas(spec: KubernetesSpec, maker: Maker) -> Resource:
    """At their fewest; several nodes serve one replica as a group."""
    workload = spec.workload
    placement, fewest = workload.placement, workload.replicas[0]
    resources = {"limits": {placement.gpu_resource: placement.gpus}} if placement.gpus else {}
    pod: Any = {
        "spec": {
            "nodeSelector": dict(placement.node_selector),
            "containers": [{"resources": resources}],
        }
    }
    nodes = workload.engine.nodes
    name = f"{spec.name}-{workload.part}"
    if nodes > 1:
        group = {"size": nodes, "leaderTemplate": pod, "workerTemplate": pod}
        body = {"replicas": fewest, "leaderWorkerTemplate": group}
        return maker.of_cluster("leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", name, body)
    return maker.of_cluster("apps/v1", "Deployment", name, {"replicas": fewest, "template": pod})
