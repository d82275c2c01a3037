"""The gateway, whatever it runs as."""

from __future__ import annotations

from components.specs import GatewaySpec, KeySpec, TlsSpec
from planning.settings import Settings


def gateway_spec(settings: Settings, host: str) -> GatewaySpec:
    """`host`: the address to listen on."""
    access = settings.access
    tls = access.tls
    return GatewaySpec(
        host=host,
        port=access.port,
        tls=TlsSpec(certificate=tls.certificate, private_key=tls.private_key) if tls else None,
        keys=_keys(settings),
        requests_per_minute=access.requests_per_minute,
        max_connections=access.max_connections,
        max_streams=access.max_streams,
        request_timeout_seconds=settings.engine.request_timeout.seconds,
        max_request_bytes=access.max_request_size.bytes,
        drain_seconds=settings.engine.drain.seconds,
    )


def _keys(settings: Settings) -> tuple[KeySpec, ...]:
    if settings.access.auth == "none":
        return ()
    if settings.access.keys is None:
        return (KeySpec(name="default", source="generated"),)
    return tuple(KeySpec(name=key.name, source=str(key.source)) for key in settings.access.keys)
