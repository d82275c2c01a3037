"""Looking into rendered objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from components.kubernetes.manifest import Manifest
from components.kubernetes.serving import manifests
from components.specs.cluster import KubernetesSpec


def rendered(spec: KubernetesSpec) -> tuple[Manifest, ...]:
    """With the image that the spec names."""
    return manifests(spec, spec.workload.image)


def of_kind(objects: Iterable[Manifest], kind: str) -> list[Manifest]:
    return [made for made in objects if made["kind"] == kind]


def one(objects: Iterable[Manifest], kind: str, ending: str = "") -> Manifest:
    """The only object of `kind` whose name ends so."""
    (found,) = [m for m in of_kind(objects, kind) if m["metadata"]["name"].endswith(ending)]
    return found


def pod_templates(objects: Iterable[Manifest]) -> Iterator[Manifest]:
    """Of every workload, those of an object over several nodes too."""
    for made in objects:
        spec = made.get("spec", {})
        if "template" in spec:
            yield spec["template"]
        elif "leaderWorkerTemplate" in spec:
            group = spec["leaderWorkerTemplate"]
            yield from (group["leaderTemplate"], group["workerTemplate"])


def containers(objects: Iterable[Manifest]) -> list[Manifest]:
    return [c for pod in pod_templates(objects) for c in pod["spec"]["containers"]]


def chooses(selector: dict[str, str], labels: dict[str, str]) -> bool:
    return selector.items() <= labels.items()


def values(value: Any, key: str) -> Iterator[Any]:
    """Every value of `key`, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key:
                yield inner
            yield from values(inner, key)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from values(inner, key)
