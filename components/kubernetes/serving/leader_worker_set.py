"""Equal replicas, each over several nodes: one pod leads, the others work for it."""

from __future__ import annotations

from components.kubernetes import names
from components.kubernetes.manifest import Manifest, manifest
from components.kubernetes.serving.deployment import replicas
from components.kubernetes.serving.pod import worker
from components.specs.cluster import KubernetesSpec


def leader_worker_set(spec: KubernetesSpec, pod: Manifest) -> Manifest:
    """A replica whose pod is lost starts again as a whole: the others wait for it in vain."""
    body: Manifest = {
        **replicas(spec),
        "startupPolicy": "LeaderCreated",
        "rolloutStrategy": {
            "type": "RollingUpdate",
            "rollingUpdateConfiguration": {"maxSurge": 1, "maxUnavailable": 0},
        },
        "leaderWorkerTemplate": {
            "size": spec.workload.engine.nodes,
            "restartPolicy": "RecreateGroupOnPodRestart",
            "leaderTemplate": pod,
            "workerTemplate": worker(spec, pod),
        },
    }
    name = names.serving(spec)
    kind, part = "LeaderWorkerSet", spec.workload.part
    return manifest(spec, "leaderworkerset.x-k8s.io/v1", kind, name, part, spec=body)
