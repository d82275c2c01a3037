"""Specs of a stack whose gateway has a key, a limit or a route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from components.kubernetes.gateway import manifests, secret_files
from components.kubernetes.manifest import Manifest
from components.specs import KeySpec
from components.specs.cluster import KubernetesSpec, RateLimitSpec
from tests.support.kubernetes_specs import DIGEST, onnx_spec

KEYS = {"web": "web-key-0123456789"}
LIMITS = RateLimitSpec(
    image=f"registry.example.com/ratelimit@{DIGEST}",
    redis_image=f"registry.example.com/redis@{DIGEST}",
)


def keyed(**changes: Any) -> KubernetesSpec:
    """One key; `changes` are of what the gateway's spec says on every target."""
    spec = onnx_spec()
    keys = tuple(KeySpec(name=name, source="generated") for name in KEYS)
    return of_gateway(spec, gateway=replace(spec.gateway.gateway, **{"keys": keys, **changes}))


def limited(per_minute: int) -> KubernetesSpec:
    return of_gateway(keyed(requests_per_minute=per_minute), limits=LIMITS)


def of_gateway(spec: KubernetesSpec, **changes: Any) -> KubernetesSpec:
    """`changes` are of what the spec says of the gateway's pods."""
    return replace(spec, gateway=replace(spec.gateway, **changes))


def gateway_objects(spec: KubernetesSpec, keys: Mapping[str, str] = KEYS) -> tuple[Manifest, ...]:
    return manifests(spec, secret_files(spec, keys))
