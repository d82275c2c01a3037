"""A Kubernetes object as a plain value, and the parts that every object has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from components.specs.cluster import KubernetesSpec
from components.specs.scrape import INSTANCE as INSTANCE

Manifest = dict[str, Any]
"""One object. Leaves may be Pulumi Outputs; nobody here looks into them."""
Component = Literal["engine", "canary", "fetch", "gateway", "limits", "picker", "monitoring"]
"""What an object is for; pods of one component have equal labels."""

COMPONENT = "app.kubernetes.io/component"


def manifest(
    spec: KubernetesSpec,
    /,
    api_version: str,
    kind: str,
    name: str,
    component: Component | None,
    *,
    namespaced: bool = True,
    annotations: Mapping[str, str] | None = None,
    **body: Any,
) -> Manifest:
    """An object of `kind`; `body` are its other keys, such as `spec`."""
    metadata: Manifest = {"name": name}
    if namespaced:
        metadata["namespace"] = spec.namespace
    metadata["labels"] = labels(spec, component)
    if annotations:
        metadata["annotations"] = dict(annotations)
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **body}


def labels(spec: KubernetesSpec, component: Component | None) -> dict[str, str]:
    """Of an object or a pod; None: of what belongs to all components."""
    common = {
        "app.kubernetes.io/name": "slipway",
        "app.kubernetes.io/part-of": "slipway",
        "app.kubernetes.io/managed-by": "pulumi",
        INSTANCE: spec.name,
    }
    return {**spec.labels, **common, **({COMPONENT: component} if component else {})}


def selector(spec: KubernetesSpec, component: Component) -> dict[str, str]:
    """Chooses the pods of a component. A workload can never change it, so it names no version."""
    return {INSTANCE: spec.name, COMPONENT: component}


def once(manifests: Iterable[Manifest]) -> tuple[Manifest, ...]:
    """The first of each kind and name: what two halves of a stack share is made once."""
    found: dict[tuple[str, str], Manifest] = {}
    for made in manifests:
        found.setdefault((made["kind"], made["metadata"]["name"]), made)
    return tuple(found.values())
