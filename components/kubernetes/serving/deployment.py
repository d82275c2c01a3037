"""Equal replicas, each in one pod."""

from __future__ import annotations

from components.kubernetes import names
from components.kubernetes.manifest import Manifest, manifest, selector
from components.specs.cluster import KubernetesSpec

_REVISIONS = 3


def deployment(spec: KubernetesSpec, pod: Manifest) -> Manifest:
    """A rollout never goes below the wished replicas."""
    part = spec.workload.part
    body: Manifest = {
        **replicas(spec),
        "revisionHistoryLimit": _REVISIONS,
        "progressDeadlineSeconds": spec.workload.progress_deadline_seconds,
        "selector": {"matchLabels": selector(spec, part)},
        "strategy": {
            "type": "RollingUpdate",
            "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0},
        },
        "template": pod,
    }
    return manifest(spec, "apps/v1", "Deployment", names.serving(spec), part, spec=body)


def replicas(spec: KubernetesSpec) -> Manifest:
    """Not said where an autoscaler owns the number: the two would overwrite each other."""
    return {} if spec.autoscaling else {"replicas": spec.workload.replicas[0]}
