"""Traces by OpenTelemetry: what a collector gets of a request, and what it must not."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent import futures
from dataclasses import dataclass, field

import grpc
import pytest

from components.gateway.site import Address, Collector
from tests.support.live_gateway import KEY, LiveGateway, gateway_spec, live_gateway
from tests.support.raw_http import call
from tests.support.recording_backend import RecordingBackend, recording_backend

CHAT = "/v1/chat/completions"
METHOD = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"


@dataclass
class Received:
    """Bodies of the calls, as protobuf."""

    port: int
    calls: list[bytes] = field(default_factory=list[bytes])

    def has(self, text: bytes) -> bool:
        return any(text in call for call in self.calls)


class _Service(grpc.GenericRpcHandler):
    def __init__(self, received: list[bytes]) -> None:
        self._received = received

    def service(self, details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler | None:
        if details.method != METHOD:
            return None
        return grpc.unary_unary_rpc_method_handler(self._take)

    def _take(self, body: bytes, context: grpc.ServicerContext) -> bytes:
        self._received.append(body)
        return b""


@pytest.fixture(scope="module")
def collector() -> Iterator[Received]:
    server = grpc.server(futures.ThreadPoolExecutor(2))
    received = Received(server.add_insecure_port("127.0.0.1:0"))
    server.add_generic_rpc_handlers([_Service(received.calls)])
    server.start()
    yield received
    server.stop(None).wait()


@pytest.fixture(scope="module")
def backend() -> Iterator[RecordingBackend]:
    with recording_backend() as backend:
        yield backend


@pytest.fixture(scope="module")
def gateway(collector: Received, backend: RecordingBackend) -> Iterator[LiveGateway]:
    address = Address(host="127.0.0.1", port=collector.port)
    traces = Collector(address=address, service="tiny-gateway")
    with live_gateway(gateway_spec(), [backend.socket], traces=traces) as gateway:
        yield gateway


def test_a_request_is_a_span_under_the_name_of_its_key_and_route(
    gateway: LiveGateway, collector: Received, backend: RecordingBackend
) -> None:
    call(gateway.port, "POST", CHAT, body=b"{}")
    for text in (b"tiny-gateway", b"v1/chat/completions", b"slipway.key", b"default"):
        gateway.wait_for(f"a span with {text!r}", lambda text=text: collector.has(text))


def test_a_replica_can_go_on_with_the_trace(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    parent = f"00-{trace}-00f067aa0ba902b7-01"
    call(gateway.port, "POST", CHAT, body=b"{}", headers={"traceparent": parent})
    (passed_on,) = backend.requests[-1].header("traceparent")
    assert passed_on.split("-")[1] == trace
    assert passed_on != parent


def test_no_key_gets_into_a_trace_wherever_a_client_wrote_it(
    gateway: LiveGateway, collector: Received
) -> None:
    secret = "pasted-key-0123456789abcdef"
    call(gateway.port, "GET", f"/{secret}", key=secret)
    call(gateway.port, "POST", f"{CHAT}?key={secret}", key=secret, body=secret.encode())
    before = len(collector.calls)
    call(gateway.port, "POST", CHAT, body=b"{}")
    gateway.wait_for("later spans", lambda: len(collector.calls) > before)
    assert not collector.has(secret.encode())
    assert not collector.has(KEY.encode())
