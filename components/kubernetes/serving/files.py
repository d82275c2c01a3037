"""Rendered files of the engine, in one ConfigMap whose name says its content."""

from __future__ import annotations

from collections.abc import Sequence

from components.kubernetes.manifest import Manifest, manifest
from components.kubernetes.names import digest, named
from components.specs.cluster import KubernetesSpec
from components.specs.container import FileSpec

_VOLUME = "files"


def file_map(spec: KubernetesSpec) -> Manifest | None:
    """None without files. It never changes: a changed file is another map, and the pod template
    that names it rolls, while pods of the old template still start with the old files."""
    files = spec.workload.container.files
    if not files:
        return None
    data = {_key(index): file.text for index, file in enumerate(files)}
    return manifest(spec, "v1", "ConfigMap", _name(spec), "engine", data=data, immutable=True)


def file_volumes(spec: KubernetesSpec) -> list[Manifest]:
    if not spec.workload.container.files:
        return []
    return [{"name": _VOLUME, "configMap": {"name": _name(spec), "defaultMode": 0o444}}]


def file_mounts(files: Sequence[FileSpec]) -> list[Manifest]:
    """Each file by itself, so that its folder shows nothing else: Triton would take the links of a
    mounted map for models."""
    return [
        {"name": _VOLUME, "mountPath": file.path, "subPath": _key(index), "readOnly": True}
        for index, file in enumerate(files)
    ]


def _name(spec: KubernetesSpec) -> str:
    files = spec.workload.container.files
    return named(spec, f"files-{digest([[file.path, file.text] for file in files])}")


def _key(index: int) -> str:
    return f"file-{index}"
