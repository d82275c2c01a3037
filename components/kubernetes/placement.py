"""Which nodes pods go to, and how they spread over them."""

from __future__ import annotations

from components.kubernetes.manifest import Component, Manifest, selector
from components.specs.cluster import KubernetesSpec, PlacementSpec, TolerationSpec

ZONE = "topology.kubernetes.io/zone"
NODE = "kubernetes.io/hostname"


def placement(place: PlacementSpec) -> Manifest:
    """Keys of a pod's spec."""
    keys: Manifest = {}
    if place.node_selector:
        keys["nodeSelector"] = dict(place.node_selector)
    if place.tolerations:
        keys["tolerations"] = [_toleration(toleration) for toleration in place.tolerations]
    if place.priority_class:
        keys["priorityClassName"] = place.priority_class
    return keys


def spread(spec: KubernetesSpec, component: Component) -> list[Manifest]:
    """Over zones, then nodes; where that is impossible pods run all the same."""
    return [_even(spec, component, key) for key in (ZONE, NODE)]


def together(spec: KubernetesSpec, component: Component) -> Manifest:
    """Affinity of nodes that serve one replica: in one zone, as the network between them counts."""
    term = {
        "labelSelector": {"matchLabels": selector(spec, component)},
        "topologyKey": ZONE,
    }
    weighted = {"weight": 100, "podAffinityTerm": term}
    return {"podAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [weighted]}}


def _even(spec: KubernetesSpec, component: Component, key: str) -> Manifest:
    return {
        "maxSkew": 1,
        "topologyKey": key,
        "whenUnsatisfiable": "ScheduleAnyway",
        # Nodes that the pods could not run on anyway do not count as empty ones.
        "nodeAffinityPolicy": "Honor",
        "nodeTaintsPolicy": "Honor",
        "labelSelector": {"matchLabels": selector(spec, component)},
        # In a rollout the new pods spread among themselves.
        "matchLabelKeys": ["pod-template-hash"],
    }


def _toleration(toleration: TolerationSpec) -> Manifest:
    made: Manifest = {"key": toleration.key}
    if toleration.value is None:
        made["operator"] = "Exists"
    else:
        made |= {"operator": "Equal", "value": toleration.value}
    if toleration.effect:
        made["effect"] = toleration.effect
    return made
