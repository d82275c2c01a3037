"""All objects of a stack, in no order."""

from __future__ import annotations

from typing import Any

from components.kubernetes import autoscaling, gateway, monitoring, serving
from components.kubernetes.manifest import Manifest
from components.specs.cluster import KubernetesSpec


def all_manifests(
    spec: KubernetesSpec, *, image: Any, canary_image: Any = None, secret_files: Any
) -> tuple[Manifest, ...]:
    """Images and `secret_files` are leaves that may be known later (`gateway.secret_files`)."""
    return (
        *serving.manifests(spec, image, canary_image),
        *gateway.manifests(spec, secret_files),
        *autoscaling.manifests(spec),
        *monitoring.manifests(spec),
    )
