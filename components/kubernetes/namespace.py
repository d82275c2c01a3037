"""The namespace of a stack, where it is ours."""

from __future__ import annotations

from components.kubernetes.manifest import Manifest, manifest
from components.specs.cluster import KubernetesSpec

_LEVELS = ("enforce", "audit", "warn")


def namespace(spec: KubernetesSpec) -> Manifest:
    """Under Pod Security `restricted`, of the cluster's own version."""
    made = manifest(spec, "v1", "Namespace", spec.namespace, None, namespaced=False)
    for level in _LEVELS:
        made["metadata"]["labels"][f"pod-security.kubernetes.io/{level}"] = "restricted"
    return made
