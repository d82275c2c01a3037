"""The `local` target's part of a plan."""

from __future__ import annotations

import re

from components.specs import GatewaySpec, KeySpec, LocalSpec, ModelSpec, ServerSpec, TlsSpec
from planning.catalog import Catalog
from planning.catalog.rows import ModelRow
from planning.fit import Memory
from planning.machine import Machine
from planning.onnx import onnx_process, onnx_quantization, onnx_rows
from planning.settings import Settings


def local_spec(
    settings: Settings,
    catalog: Catalog,
    known: ModelRow | None,
    machine: Machine | None,
    memory: Memory | None,
) -> LocalSpec:
    """Replicas and gateway as processes of this machine; all limits resolved to numbers."""
    replicas = settings.scaling.fixed_replicas
    model = _model(settings, catalog, known)
    return LocalSpec(
        model=model,
        server=_server(settings, catalog, model, _threads(settings, replicas, machine), memory),
        replicas=replicas,
        gateway=_gateway(settings),
    )


def base_url(gateway: GatewaySpec) -> str:
    """The OpenAI base URL on this machine."""
    return f"{origin(gateway)}/v1"


def origin(gateway: GatewaySpec) -> str:
    """Scheme, host and port on this machine; a wildcard address is reached by loopback."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(gateway.host, gateway.host)  # noqa: S104
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if gateway.tls else 'http'}://{shown}:{gateway.port}"


def _model(settings: Settings, catalog: Catalog, row: ModelRow | None) -> ModelSpec:
    model = settings.models[0]
    quantization = onnx_quantization(settings.engine)
    exactness = catalog.quantizations[quantization].value
    own_name = (
        row.id
        if row and row.value.source
        else re.sub(r"[^A-Za-z0-9._-]+", "-", model.source.stem).strip("-._")
    )
    return ModelSpec(
        name=model.name or own_name or "model",
        source=model.source.text,
        sha256=model.sha256 or (row.value.sha256 if row else None),
        quantization=quantization,
        device=catalog.engines["onnx"].value.devices[0],
        max_context=model.max_context,
        min_top1_agreement=exactness.min_top1_agreement,
        max_perplexity_ratio=exactness.max_perplexity_ratio,
    )


def _threads(settings: Settings, replicas: int, machine: Machine | None) -> int:
    chosen = settings.engine.threads
    if chosen != "auto":
        return chosen
    return max(1, machine.cpus // replicas) if machine else 1


def _server(
    settings: Settings, catalog: Catalog, model: ModelSpec, threads: int, memory: Memory | None
) -> ServerSpec:
    engine = settings.engine
    process = onnx_process(catalog)
    return ServerSpec(
        model_name=model.name,
        max_context=model.max_context,
        max_concurrent=onnx_rows(engine),
        max_queue=engine.max_queue,
        threads=threads,
        request_timeout_seconds=engine.request_timeout.seconds,
        drain_seconds=engine.drain.seconds,
        ready_timeout_seconds=process.ready_timeout_seconds,
        memory_bytes=memory.replica if memory else None,
    )


def _gateway(settings: Settings) -> GatewaySpec:
    access = settings.access
    tls = access.tls
    return GatewaySpec(
        host=access.host.text,
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
