"""Everything but the bootstrap changes while Envoy runs and streams stay open."""

from __future__ import annotations

import contextlib
import http.client
import socket
from collections.abc import Iterator

import pytest

from components.specs import KeySpec
from tests.support.live_gateway import KEY, LiveGateway, gateway_spec, live_gateway
from tests.support.raw_http import call, open_call
from tests.support.recording_backend import RecordingBackend, recording_backend

NEW_KEY = "rotated-key-0123456789abcdef"


@pytest.fixture
def backend() -> Iterator[RecordingBackend]:
    with recording_backend() as backend:
        yield backend


@pytest.fixture
def gateway(backend: RecordingBackend) -> Iterator[LiveGateway]:
    with live_gateway(gateway_spec(), [backend.socket]) as gateway:
        yield gateway


@contextlib.contextmanager
def open_stream(gateway: LiveGateway, backend: RecordingBackend) -> Iterator[None]:
    """An event stream that must be whole, though things change inside the `with` block."""
    backend.mode = "stream"
    before = gateway.pid
    with open_call(gateway.port, "POST", "/v1/chat/completions", body=b"{}") as stream:
        backend.say(b"one")
        assert read_event(stream) == b"data: one\n"
        backend.mode = "answer"
        yield
        backend.say(b"two")
        assert read_event(stream) == b"data: two\n"
        backend.say(None)
        assert stream.read() == b""
    assert gateway.pid == before
    assert "rejected" not in gateway.errors()


def read_event(stream: http.client.HTTPResponse) -> bytes:
    event = stream.readline()
    assert stream.readline() == b"\n"
    return event


def test_a_rotated_key_counts_at_once_and_the_old_ones_stream_goes_on(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    port = gateway.port

    def status(key: str) -> int:
        return call(port, "GET", "/v1/models", key=key).status

    with open_stream(gateway, backend):
        assert (status(KEY), status(NEW_KEY)) == (200, 401)
        gateway.write(keys={"default": NEW_KEY})
        gateway.wait_for("the new key", lambda: status(NEW_KEY) == 200)
        assert status(KEY) == 401


def test_a_second_named_key_is_added_beside_the_first(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    port = gateway.port
    names = tuple(KeySpec(name=name, source="generated") for name in ("default", "next"))
    with open_stream(gateway, backend):
        gateway.write(gateway_spec(keys=names), keys={"default": KEY, "next": NEW_KEY})
        gateway.wait_for(
            "the new key", lambda: call(port, "GET", "/v1/models", key=NEW_KEY).status == 200
        )
        assert call(port, "GET", "/v1/models", key=KEY).status == 200


def test_a_replica_is_replaced_and_its_stream_ends_on_the_old_one(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    port = gateway.port
    with recording_backend("new") as new, open_stream(gateway, backend):
        gateway.write(sockets=[backend.socket, new.socket])
        gateway.wait_serving([backend.socket, new.socket])
        gateway.write(sockets=[new.socket])
        gateway.wait_serving([new.socket])
        backend.requests.clear()
        new.mode = "stream"
        # The old replica is healthy, answering and less busy, and still gets nothing more.
        with contextlib.ExitStack() as streams:
            for _ in range(6):
                streams.enter_context(open_call(port, "POST", "/v1/completions", body=b"{}"))
            assert (len(backend.requests), len(new.requests)) == (0, 6)
            for _ in range(6):
                new.say(None)


def test_the_request_limit_changes_without_a_drain(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    port = gateway.port
    with open_stream(gateway, backend):
        gateway.write(gateway_spec(requests_per_minute=3))
        gateway.wait_for("the limit", lambda: call(port, "GET", "/v1/models").status == 429)
        gateway.write(gateway_spec())
        gateway.wait_for(
            "no limit",
            lambda: [call(port, "GET", "/v1/models").status for _ in range(5)] == [200] * 5,
        )


def test_authentication_is_switched_on_and_off_without_a_cut(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    port = gateway.port

    def open_to_all() -> bool:
        return call(port, "GET", "/v1/models", key=None).status == 200

    with open_stream(gateway, backend):
        gateway.write(gateway_spec(keys=()))
        gateway.wait_for("no key to be asked", open_to_all)
        gateway.write(gateway_spec())
        gateway.wait_for("the key to be asked", lambda: not open_to_all())
        assert call(port, "GET", "/v1/models", key=KEY).status == 200


def test_the_port_changes_and_the_old_ports_stream_goes_on(
    gateway: LiveGateway, backend: RecordingBackend
) -> None:
    old = gateway.port
    with socket.create_server(("127.0.0.1", 0)) as probe:
        new = probe.getsockname()[1]
    with open_stream(gateway, backend):
        gateway.write(gateway_spec(port=new))
        gateway.wait_for("the new port", lambda: call(new, "GET", "/v1/models").status == 200)
        gateway.wait_for("the old port to close", lambda: not _accepts(old))


def _accepts(port: int) -> bool:
    with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False
