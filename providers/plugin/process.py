"""The plugin process: gRPC server, plain error messages, progress lines, no life of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import grpc
import grpc.aio
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.provider.experimental.provider import Provider
from pulumi.provider.experimental.server import ProviderServicer
from pulumi.runtime.proto import (
    engine_pb2,
    engine_pb2_grpc,
    provider_pb2,
    provider_pb2_grpc,
    status_pb2,
)

from providers.plugin.old_inputs import remember
from providers.plugin.properties import wrapped
from providers.plugin.session import OperationError, PartlyDoneError, Reporter

_ENGINE_CHECK_SECONDS = 1.0


def serve(arguments: Sequence[str], version: str, provider: Callable[[Reporter], Provider]) -> None:
    """Serve the engine whose address is the first argument, until it ends."""
    asyncio.run(_serve(list(arguments), version, provider))


class _PlainErrors(grpc.aio.ServerInterceptor):
    """OperationError becomes the engine's error message; any other exception stays a bug."""

    async def intercept_service(self, continuation: Any, handler_call_details: Any) -> Any:
        handler = await continuation(handler_call_details)
        if handler is None or handler.unary_unary is None:
            return handler

        async def call(request: Any, context: Any) -> Any:
            try:
                return await handler.unary_unary(request, context)
            except PartlyDoneError as error:
                await _abort_with_state(context, error)
            except OperationError as error:
                await context.abort(grpc.StatusCode.UNKNOWN, str(error))

        return grpc.unary_unary_rpc_method_handler(
            call, handler.request_deserializer, handler.response_serializer
        )


async def _abort_with_state(context: Any, error: PartlyDoneError) -> None:
    """Fail, and tell the engine what there is, so that the state keeps it."""
    detail = provider_pb2.ErrorResourceInitFailed(
        id=error.identifier,
        reasons=[str(error)],
        properties=PropertyValue.marshal_map(wrapped(error.state, ())),
    )
    status: Any = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=str(error))
    status.details.add().Pack(detail)
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    await context.abort(grpc.StatusCode.UNKNOWN, str(error))


class _Servicer(ProviderServicer):
    """Hands the old inputs on, which the SDK leaves out (3.259)."""

    async def Diff(self, request: Any, context: Any) -> Any:  # noqa: N802 - gRPC's name
        remember(PropertyValue.unmarshal_map(request.old_inputs))
        return await super().Diff(request, context)

    async def Update(self, request: Any, context: Any) -> Any:  # noqa: N802 - gRPC's name
        remember(PropertyValue.unmarshal_map(request.old_inputs))
        parent: Any = super()
        return await parent.Update(request, context)


async def _serve(
    arguments: list[str], version: str, provider: Callable[[Reporter], Provider]
) -> None:
    engine = arguments[0]
    servicer = _Servicer(arguments, version, provider(_reporter(engine)), engine)
    server = grpc.aio.server(interceptors=[_PlainErrors()])
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await _end_with_engine(engine)


def _reporter(engine: str) -> Reporter:
    stub: Any = engine_pb2_grpc.EngineStub(grpc.insecure_channel(engine))

    def report(urn: str, line: str, stays: bool) -> None:
        stub.Log(
            engine_pb2.LogRequest(
                severity=engine_pb2.INFO, message=line, urn=urn, ephemeral=not stays
            )
        )

    return report


async def _end_with_engine(address: str) -> None:
    """End this process once nothing listens on the engine's address, as after kill -9 of it.

    Its parent is the language host, which may live on, so a lost parent would tell nothing.
    """
    host, _, port = address.rpartition(":")
    while True:
        await asyncio.sleep(_ENGINE_CHECK_SECONDS)
        try:
            _, writer = await asyncio.open_connection(host, int(port))
            writer.close()
        except ConnectionRefusedError:
            os._exit(1)  # threads of running operations would go on for nobody
