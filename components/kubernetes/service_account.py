"""Who a pod is to the API server: nobody that may ask anything."""

from __future__ import annotations

from components.kubernetes.manifest import Component, Manifest, manifest
from components.specs.cluster import KubernetesSpec


def service_account(spec: KubernetesSpec, name: str, component: Component) -> Manifest:
    """An account of its own, without a token in the pod."""
    return manifest(
        spec,
        "v1",
        "ServiceAccount",
        name,
        component,
        automountServiceAccountToken=False,
    )
