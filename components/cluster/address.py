"""Where a Service can be reached from outside its cluster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pulumi import Output

from components.cluster.objects import KubernetesObject


def load_balancer_address(
    objects: Iterable[KubernetesObject], name: str, kind: str = "Service"
) -> Output[str]:
    """Of the Service or Ingress `name`; empty where it has no load balancer."""
    named = [found for found in objects if found.names == (kind, name)]
    if not named:
        return Output.from_input("")
    return named[0].status.apply(_address)


def _address(status: Mapping[str, Any] | None) -> str:
    balancer: dict[str, Any] = (status or {}).get("loadBalancer") or {}
    entries: list[dict[str, str]] = balancer.get("ingress") or []
    return next((entry.get("hostname") or entry.get("ip") or "" for entry in entries), "")
