"""Looking into rendered objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from components.kubernetes import serving
from components.kubernetes.manifest import Manifest
from components.kubernetes.objects import all_manifests
from components.specs.cluster import KubernetesSpec


def rendered(spec: KubernetesSpec) -> tuple[Manifest, ...]:
    """The serving half, with the image that the spec names."""
    return serving.manifests(spec, spec.workload.image, canary_image(spec))


def rendered_stack(spec: KubernetesSpec) -> tuple[Manifest, ...]:
    """All objects of a stack; the files with keys are made by `up` alone."""
    return all_manifests(
        spec,
        image=spec.workload.image,
        canary_image=canary_image(spec),
        secret_files={"keys.json": "made by up"},
    )


def canary_image(spec: KubernetesSpec) -> str | None:
    return spec.canary.workload.image if spec.canary else None


class _Plain(yaml.SafeDumper):
    """Says everything where it stands: no anchors, which other readers count as objects."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_yaml(objects: Iterable[Manifest]) -> str:
    return yaml.dump_all(objects, Dumper=_Plain, sort_keys=False, width=100)


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
    """Sidecars too."""
    return [
        container
        for pod in pod_templates(objects)
        for key in ("initContainers", "containers")
        for container in pod["spec"].get(key, [])
    ]


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
