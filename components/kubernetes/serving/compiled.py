"""What the engine compiles at its first start, kept for the next ones."""

from __future__ import annotations

from components.kubernetes.manifest import Manifest, manifest
from components.kubernetes.names import named
from components.kubernetes.quantity import of_bytes
from components.specs.cluster import KubernetesSpec, WorkloadSpec

_VOLUME = "compiled"


def compiled_claim(spec: KubernetesSpec) -> Manifest | None:
    """All replicas read and write it; the engine keys its content by version and settings.

    Raises ValueError where nobody says how large it is.
    """
    workload = spec.workload
    if workload.container.cache_mount is None:
        return None
    if workload.cache_bytes is None:
        raise ValueError("a kept compile cache needs `cache_bytes`")
    body: Manifest = {
        "accessModes": ["ReadWriteMany"],
        "resources": {"requests": {"storage": of_bytes(workload.cache_bytes)}},
    }
    if workload.store.storage_class:
        body["storageClassName"] = workload.store.storage_class
    return manifest(spec, "v1", "PersistentVolumeClaim", _name(spec), "engine", spec=body)


def compiled_volumes(spec: KubernetesSpec) -> list[Manifest]:
    if spec.workload.container.cache_mount is None:
        return []
    return [{"name": _VOLUME, "persistentVolumeClaim": {"claimName": _name(spec)}}]


def compiled_mounts(workload: WorkloadSpec) -> list[Manifest]:
    path = workload.container.cache_mount
    return [{"name": _VOLUME, "mountPath": path}] if path else []


def _name(spec: KubernetesSpec) -> str:
    return named(spec, _VOLUME)
