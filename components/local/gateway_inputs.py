"""GatewaySpec <-> the inputs of a Gateway resource, so that each field has a diff of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.specs import GatewaySpec, KeySpec, TlsSpec


def gateway_inputs(spec: GatewaySpec) -> dict[str, Any]:
    """All fields but the keys, whose values join them as a secret; None fields are left out."""
    inputs: dict[str, Any] = {
        "host": spec.host,
        "port": spec.port,
        "tls": None if spec.tls is None else _tls_inputs(spec.tls),
        "requestsPerMinute": spec.requests_per_minute,
        "maxConnections": spec.max_connections,
        "maxStreams": spec.max_streams,
        "requestTimeoutSeconds": spec.request_timeout_seconds,
        "maxRequestBytes": spec.max_request_bytes,
        "drainSeconds": spec.drain_seconds,
    }
    return {key: value for key, value in inputs.items() if value is not None}


def gateway_spec(inputs: Mapping[str, Any]) -> GatewaySpec:
    """The spec that a Gateway's inputs say; of its keys the names alone."""
    tls, limit = inputs.get("tls"), inputs.get("requestsPerMinute")
    return GatewaySpec(
        host=inputs["host"],
        port=int(inputs["port"]),  # numbers pass the engine as floats
        tls=None if tls is None else _tls_spec(tls),
        keys=tuple(KeySpec(name=name, source="") for name in sorted(inputs["keys"])),
        requests_per_minute=None if limit is None else int(limit),
        max_connections=int(inputs["maxConnections"]),
        max_streams=int(inputs["maxStreams"]),
        request_timeout_seconds=inputs["requestTimeoutSeconds"],
        max_request_bytes=int(inputs["maxRequestBytes"]),
        drain_seconds=inputs["drainSeconds"],
    )


def _tls_inputs(tls: TlsSpec) -> dict[str, str]:
    paths = {"certificate": tls.certificate, "privateKey": tls.private_key}
    return {key: value for key, value in paths.items() if value is not None}


def _tls_spec(tls: Mapping[str, str]) -> TlsSpec:
    return TlsSpec(certificate=tls.get("certificate"), private_key=tls.get("privateKey"))
