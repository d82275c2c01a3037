"""The allow-list over HTTP/2, where method and path are headers and can be forged as such."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.live_gateway import LiveGateway, gateway_spec, live_gateway
from tests.support.raw_h2 import Headers, request_block, send_h2
from tests.support.recording_backend import RecordingBackend, recording_backend
from tests.support.spellings import ROUTES

GET_MODELS = request_block("GET", "/v1/models")


def _paths() -> Iterator[Headers]:
    for method, path in ROUTES:
        for target in (
            path[1:],
            "",
            "*",
            "/" + path,
            path + "/",
            path.upper(),
            "http://gateway" + path,
            path + "#x",
            path + "\x00",
            path + "\r\nx: y",
            path + " HTTP/1.1",
            "/docs/.." + path,
            path.replace("/", "%2f"),
        ):
            yield request_block(method, target)


def _pseudo_headers() -> Iterator[Headers]:
    closed = request_block("GET", "/docs")
    yield [*closed, (":path", "/v1/models")]
    yield [(":path", "/v1/models"), *closed]
    yield [(":method", "POST"), *request_block("GET", "/v1/completions")]
    yield [*GET_MODELS[1:], (":method", "GET")]
    yield [*GET_MODELS[:3], *GET_MODELS[4:]]
    yield [*GET_MODELS[:3], *GET_MODELS[4:], GET_MODELS[3]]
    yield [*GET_MODELS[1:]]
    yield [(":unknown", "x"), *GET_MODELS]
    yield [(":status", "200"), *GET_MODELS]
    yield [*GET_MODELS, (":protocol", "websocket")]
    yield [(":method", "CONNECT"), (":protocol", "websocket"), *GET_MODELS[1:]]
    yield [(":method", "CONNECT"), (":authority", "gateway:80"), GET_MODELS[4]]
    for method in ("get", "Get", "GET ", " GET", "G\x00ET", "GETX", "PRI", "HEAD", "OPTIONS"):
        yield request_block(method, "/v1/models")


def _regular_headers() -> Iterator[Headers]:
    for name, value in (
        ("connection", "upgrade"),
        ("transfer-encoding", "chunked"),
        ("Upper-Case", "x"),
        ("under_score", "x"),
        ("x-a", "b\r\nGET /v1/models HTTP/1.1"),
        ("x-a", "b\x00"),
        ("x a", "b"),
        ("", "b"),
        ("te", "gzip"),
    ):
        yield [*GET_MODELS, (name, value)]
    for name in ("x-original-url", "x-rewrite-url", "x-http-method-override", "path"):
        yield [*request_block("GET", "/docs"), (name, "/v1/models")]


KINDS = {
    "paths": list(_paths()),
    "pseudo-headers": list(_pseudo_headers()),
    "regular headers": list(_regular_headers()),
}


@pytest.fixture
def backend() -> Iterator[RecordingBackend]:
    with recording_backend() as backend:
        yield backend


@pytest.fixture
def gateway(backend: RecordingBackend) -> Iterator[LiveGateway]:
    with live_gateway(gateway_spec(), [backend.socket]) as gateway:
        yield gateway


@pytest.mark.parametrize("kind", KINDS)
def test_no_forged_header_block_reaches_a_backend(
    kind: str, gateway: LiveGateway, backend: RecordingBackend
) -> None:
    port = gateway.port
    # Envoy takes a second to close a connection that broke the protocol.
    with ThreadPoolExecutor(32) as pool:
        ends = list(pool.map(lambda block: (block, send_h2(port, block)), KINDS[kind]))
    served = [(b, end) for b, end in ends if end.status is not None and end.status < 400]
    assert served == []
    assert [request.line for request in backend.requests] == []
    assert gateway.stat("cluster.admin.upstream_rq_total") == 0
    # The same client is served once the block is right, so it was the block.
    assert send_h2(port, GET_MODELS).status == 200
