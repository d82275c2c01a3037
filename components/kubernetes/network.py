"""Network policies: all pods of a stack are closed, and every hole has a name."""

from __future__ import annotations

from collections.abc import Sequence

from components.kubernetes.manifest import INSTANCE, Component, Manifest, manifest, selector
from components.kubernetes.names import named
from components.specs.cluster import KubernetesSpec

_NAMESPACE = "kubernetes.io/metadata.name"
_LINK_LOCAL = "169.254.0.0/16"
"""Where clouds hand out a node's credentials."""


def default_deny(spec: KubernetesSpec) -> Manifest:
    """No pod of the stack speaks or listens but through the hole of another policy."""
    body: Manifest = {
        "podSelector": {"matchLabels": {INSTANCE: spec.name}},
        "policyTypes": ["Ingress", "Egress"],
    }
    name = named(spec, "default-deny")
    return manifest(spec, "networking.k8s.io/v1", "NetworkPolicy", name, None, spec=body)


def holes(
    spec: KubernetesSpec,
    component: Component,
    *,
    ingress: Sequence[Manifest] = (),
    egress: Sequence[Manifest] = (),
) -> Manifest:
    """All that pods of `component` may do; rules are made by the functions below."""
    body: Manifest = {
        "podSelector": {"matchLabels": selector(spec, component)},
        "policyTypes": ["Ingress", "Egress"],
        "ingress": list(ingress),
        "egress": list(egress),
    }
    name = named(spec, component)
    return manifest(spec, "networking.k8s.io/v1", "NetworkPolicy", name, component, spec=body)


def from_component(spec: KubernetesSpec, component: Component, *ports: int | str) -> Manifest:
    """Ingress from pods of the same stack; `ports` are numbers or names."""
    return {"from": [{"podSelector": {"matchLabels": selector(spec, component)}}], **_tcp(*ports)}


def to_component(spec: KubernetesSpec, component: Component, *ports: int | str) -> Manifest:
    """Egress to pods of the same stack."""
    return {"to": [{"podSelector": {"matchLabels": selector(spec, component)}}], **_tcp(*ports)}


def from_prometheus(*ports: int | str) -> Manifest:
    """Ingress from Prometheus, in whatever namespace the cluster has it."""
    peer = {
        "namespaceSelector": {},
        "podSelector": {"matchLabels": {"app.kubernetes.io/name": "prometheus"}},
    }
    return {"from": [peer], **_tcp(*ports)}


def from_anywhere(*ports: int | str) -> Manifest:
    return _tcp(*ports)


def to_dns() -> Manifest:
    """Egress to the cluster's name servers."""
    peer = {
        "namespaceSelector": {"matchLabels": {_NAMESPACE: "kube-system"}},
        "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}},
    }
    ports = [{"protocol": protocol, "port": 53} for protocol in ("UDP", "TCP")]
    return {"to": [peer], "ports": ports}


def to_internet(*ports: int) -> Manifest:
    """Egress to every address but those where clouds hand out credentials."""
    everywhere: list[Manifest] = [
        {"ipBlock": {"cidr": "0.0.0.0/0", "except": [_LINK_LOCAL]}},
        {"ipBlock": {"cidr": "::/0", "except": ["fe80::/10", "fd00:ec2::254/128"]}},
    ]
    return {"to": everywhere, **_tcp(*ports)}


def to_anywhere(*ports: int) -> Manifest:
    """Egress to an address that the plan knows by name only."""
    return _tcp(*ports)


def whole_component(spec: KubernetesSpec, component: Component) -> tuple[Manifest, Manifest]:
    """Ingress and egress among pods of one component, on every port."""
    peers = [{"podSelector": {"matchLabels": selector(spec, component)}}]
    return {"from": peers}, {"to": peers}


def _tcp(*ports: int | str) -> Manifest:
    return {"ports": [{"protocol": "TCP", "port": port} for port in ports]}
