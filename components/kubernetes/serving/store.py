"""Where a replica's weights lie."""

from __future__ import annotations

from components.engines.hub import snapshot
from components.kubernetes.manifest import Manifest, manifest
from components.kubernetes.names import digest, named
from components.kubernetes.quantity import of_bytes
from components.kubernetes.serving.bucket import bucket_name
from components.kubernetes.serving.hub_token import reads_hub
from components.specs.cluster import KubernetesSpec, StoreSpec, WorkloadSpec

VOLUME = "model"


def claim(spec: KubernetesSpec) -> Manifest:
    """The claim that a job fills once: another model or revision is another claim, so that the
    replicas of the old one keep theirs until they are gone."""
    store = spec.workload.store
    return manifest(
        spec,
        "v1",
        "PersistentVolumeClaim",
        claim_name(spec),
        "engine",
        spec=_claim(store, _modes(store)),
    )


def claim_name(spec: KubernetesSpec) -> str:
    return named(spec, f"model-{model_digest(spec.workload)}")


def model_digest(workload: WorkloadSpec) -> str:
    """Raises ValueError where the model names no repository and revision to fill the claim from."""
    engine = workload.engine
    if engine.revision is None:
        raise ValueError(f"a volume cannot be filled with {engine.model!r}: it has no revision")
    return digest([engine.model, engine.revision])


def store_volumes(spec: KubernetesSpec) -> list[Manifest]:
    """Of the pod; a model in the image needs none."""
    store = spec.workload.store
    if spec.workload.container.model_mount is None:
        return []
    match store.kind:
        case "image":
            return []
        case "fetched":
            return [{"name": VOLUME, "emptyDir": {"sizeLimit": of_bytes(store.size_bytes)}}]
        case "volume":
            source = {"claimName": claim_name(spec), "readOnly": True}
            return [{"name": VOLUME, "persistentVolumeClaim": source}]
        case "image-volume":
            return [{"name": VOLUME, "image": {"reference": store.image}}]
        case "bucket":
            source = {"claimName": bucket_name(spec), "readOnly": True}
            return [{"name": VOLUME, "persistentVolumeClaim": source}]
        case "node":
            template = {"spec": _claim(store, ["ReadWriteOnce"])}
            return [{"name": VOLUME, "ephemeral": {"volumeClaimTemplate": template}}]


def store_mounts(workload: WorkloadSpec) -> list[Manifest]:
    path = workload.container.model_mount
    if path is None or workload.store.kind == "image":
        return []
    if workload.store.kind in ("image-volume", "bucket"):
        path = snapshot(workload.engine)
    mount: Manifest = {"name": VOLUME, "mountPath": path}
    return [mount] if reads_hub(workload) else [mount | {"readOnly": True}]


def _claim(store: StoreSpec, modes: list[str]) -> Manifest:
    made: Manifest = {
        "accessModes": modes,
        "resources": {"requests": {"storage": of_bytes(store.size_bytes)}},
    }
    return made | ({"storageClassName": store.storage_class} if store.storage_class else {})


def _modes(store: StoreSpec) -> list[str]:
    # A claim that is only ever read by many is written by one first.
    first = ["ReadWriteOnce"] if store.access_mode == "ReadOnlyMany" else []
    return [*first, store.access_mode]
