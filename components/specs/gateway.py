"""The one data plane in front of all replicas."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class KeySpec:
    """One named API key, by reference: the value itself never enters a plan."""

    name: str
    source: str
    """`generated`, `config:<secret config key>` or `env:<variable>`."""


@dataclass(frozen=True, kw_only=True)
class TlsSpec:
    """The gateway's certificate; both paths None means a generated self-signed one."""

    certificate: str | None
    private_key: str | None


@dataclass(frozen=True, kw_only=True)
class GatewaySpec:
    """The one data plane in front of all replicas."""

    host: str
    port: int
    tls: TlsSpec | None
    keys: tuple[KeySpec, ...]
    """Empty means no authentication."""
    requests_per_minute: int | None
    """Per key (or in all, without authentication); None means unlimited."""
    max_connections: int
    max_streams: int
    """Requests in flight over all replicas; one more is refused with 503."""
    request_timeout_seconds: float
    max_request_bytes: int
    drain_seconds: float
