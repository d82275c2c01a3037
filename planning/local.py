"""The `local` target's part of a plan."""

from __future__ import annotations

from components.specs import GatewaySpec, LocalSpec, ModelSpec, ServerSpec
from planning.catalog import Catalog
from planning.catalog.rows import ModelRow
from planning.fit import Memory
from planning.gateway import gateway_spec
from planning.machine import Machine
from planning.onnx import onnx_model, onnx_process, onnx_rows
from planning.served import served_name
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
    model = onnx_model(settings, catalog, known, served_name(settings, known))
    return LocalSpec(
        model=model,
        server=_server(settings, catalog, model, _threads(settings, replicas, machine), memory),
        replicas=replicas,
        gateway=gateway_spec(settings, settings.access.host.text),
    )


def base_url(gateway: GatewaySpec) -> str:
    """The OpenAI base URL on this machine."""
    return f"{origin(gateway)}/v1"


def origin(gateway: GatewaySpec) -> str:
    """Scheme, host and port on this machine; a wildcard address is reached by loopback."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(gateway.host, gateway.host)  # noqa: S104
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if gateway.tls else 'http'}://{shown}:{gateway.port}"


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
