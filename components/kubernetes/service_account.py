"""Who a pod is to the API server: nobody that may ask anything."""

from __future__ import annotations

from collections.abc import Mapping

from components.kubernetes.manifest import Component, Manifest, manifest
from components.specs.cluster import KubernetesSpec


def service_account(
    spec: KubernetesSpec,
    name: str,
    component: Component,
    annotations: Mapping[str, str] | None = None,
) -> Manifest:
    """An account of its own, without a token in the pod; its pods pull with the stack's secret."""
    made = manifest(
        spec,
        "v1",
        "ServiceAccount",
        name,
        component,
        annotations=annotations,
        automountServiceAccountToken=False,
    )
    pulls: Manifest = {"imagePullSecrets": [{"name": spec.pull_secret}]} if spec.pull_secret else {}
    return made | pulls
