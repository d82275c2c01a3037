"""What an operator is made of, and what of its published manifests is changed for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

Manifest = dict[str, Any]
LABEL = "slipway.test/operator"
"""On everything that an operator is made of."""


@dataclass(frozen=True, kw_only=True)
class Operator:
    """Manifests in a namespace of their own."""

    name: str
    namespace: str
    stand_ins: tuple[str, ...]
    """Images that the manifests need."""
    manifests: Callable[[Mapping[str, str]], list[Manifest]]
    """Given references by name. Raises ToolError where a build fails."""
    serves: tuple[str, ...] = ()
    """What says `Available` when it can be used, beside its Deployments: `kind/name`."""


def labelled(operator: str, manifests: Iterable[Manifest]) -> list[Manifest]:
    """With the label by which all of it is found again."""
    return [_labelled(operator, manifest) for manifest in manifests]


def moved(manifests: Iterable[Manifest], namespace: str) -> list[Manifest]:
    """With the namespace made, and all that was meant for another one in it."""
    made = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}
    return [made, *(_moved(manifest, namespace) for manifest in manifests)]


def run_here(manifest: Manifest, image: str) -> Manifest:
    """A Deployment with `image` in place of upstream's, ready as soon as it is, and small."""
    (container,) = manifest["spec"]["template"]["spec"]["containers"]
    container |= {"image": image, "imagePullPolicy": "IfNotPresent"}
    container["resources"] = {"requests": {"cpu": "10m"}, "limits": {"memory": "1Gi"}}
    for probe in ("startupProbe", "readinessProbe"):
        if probe in container:
            container[probe] |= {"initialDelaySeconds": 0, "periodSeconds": 1}
            container[probe]["failureThreshold"] = 60
    return manifest


def _moved(content: Any, namespace: str) -> Any:
    """`namespace` is a key of metadata and of subjects, and is given where it is left out."""
    match content:
        case {"kind": "ServiceAccount", "metadata": {"name": _}}:
            return content | {"metadata": content["metadata"] | {"namespace": namespace}}
        case dict():
            found = cast(Manifest, content)
            return {
                key: namespace
                if key == "namespace" and isinstance(value, str)
                else _moved(value, namespace)
                for key, value in found.items()
            }
        case list():
            return [_moved(value, namespace) for value in cast(list[Any], content)]
        case _:
            return content


def _labelled(operator: str, manifest: Manifest) -> Manifest:
    metadata = manifest["metadata"]
    labels = metadata.get("labels", {}) | {LABEL: operator}
    return manifest | {"metadata": metadata | {"labels": labels}}
