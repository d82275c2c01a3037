"""How much anybody may ask for at once: bodies, streams, connections, time."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator

import pytest

from tests.support.live_gateway import KEY, LiveGateway, gateway_spec, live_gateway
from tests.support.raw_http import call, open_call, send_raw
from tests.support.recording_backend import RecordingBackend, recording_backend

CHAT = "/v1/chat/completions"


@pytest.fixture
def backend() -> Iterator[RecordingBackend]:
    with recording_backend() as backend:
        yield backend


@contextlib.contextmanager
def gateway_with(backend: RecordingBackend, **changes: object) -> Iterator[LiveGateway]:
    with live_gateway(gateway_spec(**changes), [backend.socket]) as gateway:
        yield gateway


def test_a_body_over_the_limit_is_refused_and_one_at_the_limit_is_not(
    backend: RecordingBackend,
) -> None:
    with gateway_with(backend, max_request_bytes=2000) as gateway:
        assert call(gateway.port, "POST", CHAT, body=b"x" * 2000).status == 200
        backend.requests.clear()
        answer = call(gateway.port, "POST", CHAT, body=b"x" * 2001)
        assert (answer.status, json.loads(answer.body)["error"]["code"]) == (413, "too_large")
        # Without a length the gateway counts by itself.
        head = f"POST {CHAT} HTTP/1.1\r\nhost: g\r\nauthorization: Bearer {KEY}\r\n"
        chunks = b"transfer-encoding: chunked\r\n\r\n" + b"400\r\n" + b"x" * 1024 + b"\r\n"
        answer = send_raw(gateway.port, head.encode() + chunks + b"400\r\n" + b"x" * 1024 + b"\r\n")
        assert answer is not None
        assert (answer.status, json.loads(answer.body)["error"]["code"]) == (413, "too_large")
        assert backend.requests == []


def test_a_body_without_a_key_is_not_even_read(backend: RecordingBackend) -> None:
    with gateway_with(backend) as gateway:
        promise = b"POST /v1/completions HTTP/1.1\r\nhost: g\r\ncontent-length: 999999\r\n\r\n"
        answer = send_raw(gateway.port, promise)
        assert answer is not None
        assert answer.status == 401


def test_one_stream_too_many_is_told_to_come_back_and_health_still_answers(
    backend: RecordingBackend,
) -> None:
    backend.mode = "stream"
    with gateway_with(backend, max_streams=3) as gateway, contextlib.ExitStack() as streams:
        for _ in range(3):
            streams.enter_context(open_call(gateway.port, "POST", CHAT, body=b"{}"))
        answer = call(gateway.port, "POST", CHAT, body=b"{}")
        assert (answer.status, answer.header("retry-after")) == (503, "1")
        assert json.loads(answer.body)["error"]["code"] == "overloaded"
        assert call(gateway.port, "GET", "/health", key=None).status == 200
        for _ in range(3):
            backend.say(None)


def test_connections_over_the_limit_are_closed(backend: RecordingBackend) -> None:
    with gateway_with(backend, max_connections=4) as gateway:
        port = gateway.port
        with contextlib.ExitStack() as connections:
            for _ in range(4):
                connection = socket.create_connection(("127.0.0.1", port))
                connections.enter_context(connection)
            gateway.wait_for(
                "four connections",
                lambda: gateway.stat("http.gateway.downstream_cx_active") == 4,
            )
            assert send_raw(port, b"GET /health HTTP/1.1\r\nhost: g\r\n\r\n") is None
        gateway.wait_for(
            "their end", lambda: gateway.stat("http.gateway.downstream_cx_active") == 0
        )
        assert call(port, "GET", "/health", key=None).status == 200


def test_a_request_longer_than_the_limit_is_ended(backend: RecordingBackend) -> None:
    backend.mode = "stream"
    with (
        gateway_with(backend, request_timeout_seconds=0.1) as gateway,
        open_call(gateway.port, "POST", CHAT, body=b"{}") as response,
    ):
        assert response.status == 200
        with pytest.raises(Exception, match=r"IncompleteRead|reset"):
            response.read()
        backend.say(None)
