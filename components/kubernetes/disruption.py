"""How many pods of a component may leave at once by somebody's wish."""

from __future__ import annotations

from components.kubernetes.manifest import Component, Manifest, manifest, selector
from components.specs.cluster import KubernetesSpec


def disruption_budget(spec: KubernetesSpec, name: str, component: Component) -> Manifest:
    """One at a time. A single replica may leave too: a node must never be impossible to drain."""
    body: Manifest = {
        "maxUnavailable": 1,
        # A pod that serves nobody holds up no drain.
        "unhealthyPodEvictionPolicy": "AlwaysAllow",
        "selector": {"matchLabels": selector(spec, component)},
    }
    return manifest(spec, "policy/v1", "PodDisruptionBudget", name, component, spec=body)
