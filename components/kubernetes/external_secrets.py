"""Secrets that External Secrets brings from Secrets Manager: the stack writes none to the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from components.kubernetes.manifest import Manifest, manifest
from components.kubernetes.names import named
from components.specs.aws import CloudSecretSpec
from components.specs.cluster import KubernetesSpec

_API = "external-secrets.io/v1"
_REFRESH = "1m"
"""How long a changed value takes to reach the namespace."""


def with_external_secrets(
    manifests: Iterable[Manifest],
    spec: KubernetesSpec,
    secrets: tuple[CloudSecretSpec, ...],
    *,
    arns: Mapping[str, Any],
    region: str,
) -> tuple[Manifest, ...]:
    """In place of those Secrets of the stack that `secrets` name; `arns` by the Secret's name."""
    brought = {secret.object_name for secret in secrets}
    rest = [
        made
        for made in manifests
        if made["kind"] != "Secret" or made["metadata"]["name"] not in brought
    ]
    if not secrets:
        return tuple(rest)
    brings = (_external(spec, secret, arns[secret.object_name]) for secret in secrets)
    return (*rest, _store(spec, region), *brings)


def _store(spec: KubernetesSpec, region: str) -> Manifest:
    """Without keys of its own: the operator's pods have an identity, for these secrets alone."""
    provider = {"aws": {"service": "SecretsManager", "region": region}}
    return manifest(spec, _API, "SecretStore", _store_name(spec), None, spec={"provider": provider})


def _external(spec: KubernetesSpec, secret: CloudSecretSpec, arn: Any) -> Manifest:
    body: Manifest = {
        "refreshInterval": _REFRESH,
        "secretStoreRef": {"kind": "SecretStore", "name": _store_name(spec)},
        "target": {"name": secret.object_name, "creationPolicy": "Owner"},
        # One JSON object: each of its keys is one of the Secret's.
        "dataFrom": [{"extract": {"key": arn}}],
    }
    return manifest(spec, _API, "ExternalSecret", secret.object_name, None, spec=body)


def _store_name(spec: KubernetesSpec) -> str:
    return named(spec, "secrets")
