"""Which replica gets a request: the free one, a ready one, and another one when one fails."""

from __future__ import annotations

import contextlib
import http.client
import json
from collections.abc import Iterator

import pytest

from tests.support.live_gateway import LiveGateway, gateway_spec, live_gateway
from tests.support.raw_http import call, open_call
from tests.support.recording_backend import RecordingBackend, recording_backend

CHAT = "/v1/chat/completions"


@pytest.fixture
def pair() -> Iterator[tuple[RecordingBackend, RecordingBackend]]:
    with recording_backend("one") as one, recording_backend("two") as two:
        yield one, two


@pytest.fixture
def gateway(pair: tuple[RecordingBackend, RecordingBackend]) -> Iterator[LiveGateway]:
    with live_gateway(gateway_spec(), [backend.socket for backend in pair]) as gateway:
        yield gateway


def test_requests_go_to_the_replica_with_fewer_in_flight(
    pair: tuple[RecordingBackend, RecordingBackend], gateway: LiveGateway
) -> None:
    one, two = pair
    one.mode = two.mode = "stream"
    with contextlib.ExitStack() as streams:

        def open_streams(count: int) -> list[http.client.HTTPResponse]:
            # One after the other, so that each choice sees the ones before it.
            calls = [open_call(gateway.port, "POST", CHAT, body=b"{}") for _ in range(count)]
            return [streams.enter_context(call) for call in calls]

        opened = open_streams(8)
        assert [len(backend.requests) for backend in pair] == [4, 4]
        for _ in range(4):
            one.say(None)
        gateway.wait_for(
            "four streams to end", lambda: gateway.stat("cluster.engine.upstream_rq_active") == 4
        )
        opened += open_streams(4)
        assert [len(backend.requests) for backend in pair] == [8, 4]
        for backend in pair:
            for _ in range(4):
                backend.say(None)
        assert [stream.read() for stream in opened] == [b""] * 12


def test_a_replica_that_is_not_ready_gets_nothing(
    pair: tuple[RecordingBackend, RecordingBackend], gateway: LiveGateway
) -> None:
    one, two = pair
    one.ready = False
    gateway.wait_serving([two.socket])
    assert {call(gateway.port, "POST", CHAT, body=b"{}").body for _ in range(8)} == {
        b'{"from": "two"}'
    }
    one.ready = True
    gateway.wait_serving([one.socket, two.socket])


def test_with_no_replica_ready_clients_are_told_to_come_back(
    pair: tuple[RecordingBackend, RecordingBackend], gateway: LiveGateway
) -> None:
    for backend in pair:
        backend.ready = False
    gateway.wait_serving([])
    answer = call(gateway.port, "POST", CHAT, body=b"{}")
    assert (answer.status, answer.header("retry-after")) == (503, "1")
    assert json.loads(answer.body)["error"]["code"] == "not_ready"
    assert call(gateway.port, "GET", "/health", key=None).status == 503


def test_a_draining_replicas_refusal_is_retried_on_another_one(
    pair: tuple[RecordingBackend, RecordingBackend], gateway: LiveGateway
) -> None:
    one, two = pair
    one.mode = "refuse"
    for _ in range(6):
        answer = call(gateway.port, "POST", CHAT, body=b'{"stream": true}')
        assert (answer.status, answer.body) == (200, b'{"from": "two"}')
    # The whole body goes with the second try.
    assert {request.body for request in two.requests} == {b'{"stream": true}'}
    assert one.requests != []


def test_a_replica_that_refuses_too_often_is_left_alone_for_a_while(
    pair: tuple[RecordingBackend, RecordingBackend], gateway: LiveGateway
) -> None:
    one, two = pair
    one.mode = "refuse"
    gateway.wait_for(
        "the ejection",
        lambda: (
            call(gateway.port, "POST", CHAT, body=b"{}").status == 200
            and gateway.stat("cluster.engine.outlier_detection.ejections_active") == 1
        ),
    )
    gateway.wait_serving([two.socket])


def test_the_last_replica_is_never_ejected(
    pair: tuple[RecordingBackend, RecordingBackend], gateway: LiveGateway
) -> None:
    one, _ = pair
    gateway.write(sockets=[one.socket])
    gateway.wait_serving([one.socket])
    one.mode = "refuse"
    assert {call(gateway.port, "POST", CHAT, body=b"{}").status for _ in range(12)} == {503}
    one.mode = "answer"
    assert call(gateway.port, "POST", CHAT, body=b"{}").status == 200


def test_a_replica_that_just_died_costs_no_request(
    pair: tuple[RecordingBackend, RecordingBackend], gateway: LiveGateway
) -> None:
    """The health check has not noticed yet, so the gateway still tries it."""
    alive = [backend.socket for backend in pair]
    with recording_backend("dying") as dying:
        gateway.write(sockets=[*alive, dying.socket])
        gateway.wait_serving([*alive, dying.socket])
    assert {call(gateway.port, "POST", CHAT, body=b"{}").status for _ in range(20)} == {200}
    assert gateway.stat("cluster.engine.upstream_cx_connect_fail") > 0


def test_a_request_that_a_replica_took_is_not_sent_again(
    pair: tuple[RecordingBackend, RecordingBackend], gateway: LiveGateway
) -> None:
    """A request that kills a replica must not be handed to the next one."""
    for backend in pair:
        backend.mode = "hang up"
    answer = call(gateway.port, "POST", CHAT, body=b"{}")
    assert (answer.status, json.loads(answer.body)["error"]["code"]) == (503, "unavailable")
    assert sum(len(backend.requests) for backend in pair) == 1
