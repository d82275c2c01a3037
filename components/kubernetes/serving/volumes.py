"""What is mounted into the engine's container."""

from __future__ import annotations

from components.kubernetes.manifest import Manifest
from components.kubernetes.quantity import of_bytes
from components.kubernetes.serving.compiled import compiled_mounts, compiled_volumes
from components.kubernetes.serving.files import file_mounts, file_volumes
from components.kubernetes.serving.hub_token import reads_hub, token_mounts, token_volumes
from components.kubernetes.serving.store import store_mounts, store_volumes
from components.specs.cluster import KubernetesSpec, WorkloadSpec

_SHARED_MEMORY = "shared-memory"
_SHARED_MEMORY_FOLDER = "/dev/shm"  # noqa: S108


def volumes(spec: KubernetesSpec) -> list[Manifest]:
    """Of the pod; every one of them is mounted."""
    workload = spec.workload
    return [
        *store_volumes(spec),
        *compiled_volumes(spec),
        *file_volumes(spec),
        *token_volumes(_token(workload)),
        *_scratch_volumes(workload),
        *_shared_memory_volumes(workload),
    ]


def mounts(spec: KubernetesSpec) -> list[Manifest]:
    """Of the container."""
    workload = spec.workload
    scratch = workload.container.scratch
    return [
        *store_mounts(workload),
        *compiled_mounts(workload),
        *file_mounts(workload.container.files),
        *token_mounts(_token(workload)),
        *({"name": f"scratch-{n}", "mountPath": path} for n, path in enumerate(scratch)),
        *_shared_memory_mounts(workload),
    ]


def _scratch_volumes(workload: WorkloadSpec) -> list[Manifest]:
    limit = {} if workload.disk_bytes is None else {"sizeLimit": of_bytes(workload.disk_bytes)}
    return [
        {"name": f"scratch-{number}", "emptyDir": limit}
        for number in range(len(workload.container.scratch))
    ]


def _shared_memory_volumes(workload: WorkloadSpec) -> list[Manifest]:
    """Memory of the pod: its limit counts it."""
    size = workload.container.shared_memory_bytes
    if not size:
        return []
    source = {"medium": "Memory", "sizeLimit": of_bytes(size)}
    return [{"name": _SHARED_MEMORY, "emptyDir": source}]


def _shared_memory_mounts(workload: WorkloadSpec) -> list[Manifest]:
    if not workload.container.shared_memory_bytes:
        return []
    return [{"name": _SHARED_MEMORY, "mountPath": _SHARED_MEMORY_FOLDER}]


def _token(workload: WorkloadSpec) -> str | None:
    return workload.hub_token_secret if reads_hub(workload) else None
