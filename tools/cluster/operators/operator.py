"""What an operator is made of, and what of its published manifests is changed for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

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
    api_service: str | None = None
    """What it adds to the API server beside its CRDs."""


def read(path: Path) -> list[Manifest]:
    """The documents of a file of manifests, in its order."""
    return [manifest for manifest in yaml.safe_load_all(path.read_text()) if manifest]


def labelled(operator: str, manifests: Iterable[Manifest]) -> list[Manifest]:
    """With the label by which all of it is found again."""
    return [_labelled(operator, manifest) for manifest in manifests]


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


def _labelled(operator: str, manifest: Manifest) -> Manifest:
    metadata = manifest["metadata"]
    labels = metadata.get("labels", {}) | {LABEL: operator}
    return manifest | {"metadata": metadata | {"labels": labels}}
