"""The job that fills a claim with a model before a replica needs it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from components.kubernetes import names
from components.kubernetes.manifest import Component, Manifest, labels, manifest
from components.kubernetes.placement import placement
from components.kubernetes.security import container_security, pod_security
from components.kubernetes.serving.hub_token import TOKEN_FILE, token_mounts, token_volumes
from components.kubernetes.serving.store import VOLUME, claim_name, model_digest
from components.specs.cluster import KubernetesSpec, PlacementSpec, WorkloadSpec

_COMPONENT: Component = "fetch"
_MOUNT = "/model"
_ATTEMPTS = 4
_GRACE_SECONDS = 30
_SLOWEST = 20 << 20
"""Bytes a second. A download that is slower hangs, and is ended."""
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
        **placement(_place(workload)),
        "containers": [_container(spec, image)],
        "volumes": [
            {"name": VOLUME, "persistentVolumeClaim": {"claimName": claim_name(spec)}},
            {"name": "scratch", "emptyDir": {"sizeLimit": "1Gi"}},
            *token_volumes(token),
        ],
    }
    job: Manifest = {
        "backoffLimit": _ATTEMPTS,
        "activeDeadlineSeconds": _deadline(workload),
        "template": {"metadata": {"labels": labels(spec, _COMPONENT)}, "spec": body},
    }
    name = names.named(spec, f"fetch-{model_digest(workload)}")
    return manifest(spec, "batch/v1", "Job", name, _COMPONENT, spec=job)


def _deadline(workload: WorkloadSpec) -> int:
    """Seconds until the pod runs, and for every byte."""
    return workload.progress_deadline_seconds + workload.store.size_bytes // _SLOWEST


def _place(workload: WorkloadSpec) -> PlacementSpec:
    """Any node will do, but for a claim that one node at a time can have: it may stay in the zone
    where it was filled, which must be one where the engine runs."""
    anywhere = workload.store.access_mode == "ReadWriteMany"
    wished = workload.placement
    return replace(wished, node_selector={} if anywhere else wished.node_selector)


def _container(spec: KubernetesSpec, image: Any) -> Manifest:
    engine = spec.workload.engine
    token = spec.workload.hub_token_secret
    env = {
        "HF_HUB_CACHE": _MOUNT,
        "HF_HOME": "/tmp/hub",  # noqa: S108
        "HOME": "/tmp",  # noqa: S108
        # Chunks of files that are fetched once would fill the scratch folder.
        "HF_XET_CHUNK_CACHE_SIZE_BYTES": "0",
    }
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
