"""The job that fills a claim with a model before a replica needs it."""

from __future__ import annotations

from typing import Any

from components.kubernetes import names
from components.kubernetes.manifest import Component, Manifest, labels, manifest
from components.kubernetes.security import container_security, pod_security
from components.kubernetes.serving.hub_token import TOKEN_FILE, token_mounts, token_volumes
from components.kubernetes.serving.store import VOLUME, claim_name, model_digest
from components.specs.cluster import KubernetesSpec

_COMPONENT: Component = "fetch"
_MOUNT = "/model"
_ATTEMPTS = 4
_GRACE_SECONDS = 30
# Engines carry huggingface_hub, which resumes what an earlier attempt has begun. Weights in a
# format that runs code when it is read are never fetched.
_FETCH = """\
import sys
from huggingface_hub import snapshot_download
snapshot_download(
    sys.argv[1],
    revision=sys.argv[2],
    ignore_patterns=["*.bin", "*.pt", "*.pth", "*.pkl", "*.h5", "*.msgpack", "original/*"],
)
"""


def fetch_job(spec: KubernetesSpec, image: Any) -> Manifest:
    """One run for each model and revision, by the engine's own image: no second one to trust."""
    workload = spec.workload
    token = workload.hub_token_secret
    body: Manifest = {
        "serviceAccountName": names.serving(spec),
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "restartPolicy": "OnFailure",
        "terminationGracePeriodSeconds": _GRACE_SECONDS,
        "securityContext": pod_security(workload.container.user, workload.container.group),
        "containers": [_container(spec, image)],
        "volumes": [
            {"name": VOLUME, "persistentVolumeClaim": {"claimName": claim_name(spec)}},
            {"name": "scratch", "emptyDir": {"sizeLimit": "1Gi"}},
            *token_volumes(token),
        ],
    }
    job: Manifest = {
        "backoffLimit": _ATTEMPTS,
        "activeDeadlineSeconds": workload.progress_deadline_seconds,
        "template": {"metadata": {"labels": labels(spec, _COMPONENT)}, "spec": body},
    }
    name = names.named(spec, f"fetch-{model_digest(workload)}")
    return manifest(spec, "batch/v1", "Job", name, _COMPONENT, spec=job)


def _container(spec: KubernetesSpec, image: Any) -> Manifest:
    engine = spec.workload.engine
    token = spec.workload.hub_token_secret
    env = {"HF_HUB_CACHE": _MOUNT, "HF_HOME": "/tmp/hub", "HOME": "/tmp"}  # noqa: S108
    if token:
        env["HF_TOKEN_PATH"] = TOKEN_FILE
    bounded = {"memory": "4Gi", "ephemeral-storage": "1Gi"}
    return {
        "name": "fetch",
        "image": image,
        "command": ["python3", "-c", _FETCH, engine.model, engine.revision],
        "env": [{"name": key, "value": value} for key, value in sorted(env.items())],
        "resources": {"requests": {"cpu": "1", **bounded}, "limits": bounded},
        "securityContext": container_security(),
        "volumeMounts": [
            {"name": VOLUME, "mountPath": _MOUNT},
            {"name": "scratch", "mountPath": "/tmp"},  # noqa: S108
            *token_mounts(token),
        ],
    }
