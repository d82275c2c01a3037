"""Kubernetes Services that are reached from outside their cluster, and what stands behind them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policies.values import block, blocks, mappings

_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
    "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
    "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
    "networking.gke.io/load-balancer-type": "internal",
    "alb.ingress.kubernetes.io/scheme": "internal",
}
"""Annotations by which a load balancer gets no public address."""
_ASKING = ("api_key_auth", "jwt_authn", "oauth2", "ext_authz", "basic_auth")
"""Envoy's filters that refuse whom they do not know."""


@dataclass(frozen=True, kw_only=True)
class Entrance:
    """Any Kubernetes object."""

    urn: str
    type: str
    body: Mapping[str, Any]

    @property
    def kind(self) -> str:
        return self.type.rpartition(":")[2]

    @property
    def spec(self) -> Mapping[str, Any]:
        return block(self.body.get("spec"))

    @property
    def metadata(self) -> Mapping[str, Any]:
        return block(self.body.get("metadata"))

    @property
    def name(self) -> str:
        return str(self.metadata.get("name"))

    @property
    def namespace(self) -> str:
        return str(self.metadata.get("namespace") or "default")


def public_services(objects: Sequence[Entrance]) -> Iterator[Entrance]:
    """With a load balancer of their own, or led to by an Ingress or a route."""
    led = {
        (one.namespace, name)
        for one in objects
        if one.kind in ("Ingress", "HTTPRoute") and not _internal(one)
        for name in _backends(one)
    }
    for one in objects:
        if one.kind == "Service":
            own = one.spec.get("type") == "LoadBalancer" and not _internal(one)
            if own or (one.namespace, one.name) in led:
                yield one


def asks(service: Entrance, objects: Sequence[Entrance]) -> bool:
    """Whether pods behind it are configured to: a ConfigMap that they mount has such a filter."""
    chosen = block(service.spec.get("selector"))
    mounted = {
        (one.namespace, name)
        for one in objects
        if one.namespace == service.namespace and chosen and _selects(chosen, one)
        for name in _config_maps(one)
    }
    return any(
        (one.namespace, one.name) in mounted
        and any(word in json.dumps(one.body.get("data")) for word in _ASKING)
        for one in objects
        if one.kind == "ConfigMap"
    )


def _internal(one: Entrance) -> bool:
    notes = block(one.metadata.get("annotations"))
    return any(str(notes.get(key, "")).lower() == value for key, value in _INTERNAL.items())


def _backends(one: Entrance) -> Iterator[str]:
    for part in mappings(one.spec):
        if name := block(part.get("service")).get("name"):
            yield str(name)
        for reference in blocks(part.get("backendRefs")):
            yield str(reference.get("name"))


def _selects(chosen: Mapping[str, Any], workload: Entrance) -> bool:
    template = block(workload.spec.get("template"))
    labels = block(block(template.get("metadata")).get("labels"))
    return chosen.items() <= labels.items()


def _config_maps(workload: Entrance) -> Iterator[str]:
    for part in mappings(workload.spec):
        if name := block(part.get("configMap")).get("name"):
            yield str(name)
