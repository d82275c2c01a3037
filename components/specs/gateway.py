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
class HoldSpec:
    """While no replica is ready, requests wait at the gateway instead of being refused."""

    requests: int
    """That wait in one process of the gateway; one more is refused with 503."""
    seconds: int
    """How long each waits at least, and at most half as long again; then it is refused with 503."""


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
    inference: tuple[str, ...] = ()
    """Models that are asked by KServe's protocol, by name; as many requests as `max_streams` again
    may be in flight to them."""
    hold: HoldSpec | None = None
    """None: without a ready replica every request is refused with 503 at once."""
