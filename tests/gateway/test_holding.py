"""A stack at rest: requests wait at the gateway until a replica is there, so many and so long."""

from __future__ import annotations

import contextlib
import http.client
import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from components.gateway import gateway_files
from components.specs import HoldSpec
from tests.support.live_gateway import KEY, LiveGateway, gateway_spec, live_gateway
from tests.support.raw_http import Answer, call, open_call
from tests.support.recording_backend import RecordingBackend, recording_backend

CHAT = "/v1/chat/completions"
BODY = b'{"messages": "' + 700_000 * b"x" + b'"}'


@pytest.fixture
def backend() -> Iterator[RecordingBackend]:
    with recording_backend() as backend:
        yield backend


@pytest.fixture
def asleep() -> Iterator[LiveGateway]:
    """No replica, and room for two requests."""
    with live_gateway(gateway_spec(hold=HoldSpec(requests=2, seconds=60)), []) as gateway:
        yield gateway


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as pool:
        yield pool


def test_requests_are_held_until_a_replica_is_there_and_then_answered(
    asleep: LiveGateway, backend: RecordingBackend, pool: ThreadPoolExecutor
) -> None:
    held = [_ask(pool, asleep), _ask(pool, asleep)]
    _wait_for_held(asleep, 2)
    asleep.write(sockets=[backend.socket])
    assert [answer.result().body for answer in held] == 2 * [b'{"from": "replica"}']
    assert [request.body for request in backend.requests] == 2 * [BODY]
    _wait_for_held(asleep, 0)


def test_a_running_gateway_that_reads_its_listeners_before_its_clusters_holds_requests_too(
    backend: RecordingBackend, pool: ThreadPoolExecutor
) -> None:
    resting = gateway_spec(hold=HoldSpec(requests=2, seconds=60))
    with live_gateway(gateway_spec(), []) as gateway:
        files = gateway_files(resting, gateway.site)
        gateway.replace("listeners.json", files["listeners.json"])
        gateway.wait_for("its room", (gateway.directory / "waiting.sock").exists)
        gateway.write(resting)
        held = _ask(pool, gateway)
        _wait_for_held(gateway, 1)
        gateway.write(sockets=[backend.socket])
        assert held.result().status == 200


def test_a_held_stream_is_passed_on_word_by_word(
    asleep: LiveGateway, backend: RecordingBackend, pool: ThreadPoolExecutor
) -> None:
    backend.mode = "stream"
    with contextlib.ExitStack() as stack:
        held = pool.submit(
            lambda: stack.enter_context(open_call(asleep.port, "POST", CHAT, body=BODY))
        )
        _wait_for_held(asleep, 1)
        asleep.write(sockets=[backend.socket])
        stream = held.result()
        for word in (b"one", b"two"):
            backend.say(word)
            assert stream.readline() == b"data: " + word + b"\n"
            assert stream.readline() == b"\n"
        backend.say(None)
        assert stream.read() == b""


def test_one_more_than_may_wait_is_refused_at_once(
    asleep: LiveGateway, backend: RecordingBackend, pool: ThreadPoolExecutor
) -> None:
    held = [_ask(pool, asleep), _ask(pool, asleep)]
    _wait_for_held(asleep, 2)
    refused = call(asleep.port, "POST", CHAT, body=BODY)
    assert (refused.status, refused.header("retry-after")) == (503, "1")
    assert json.loads(refused.body)["error"]["code"] == "overloaded"
    asleep.write(sockets=[backend.socket])
    assert [answer.result().status for answer in held] == [200, 200]


def test_who_waited_for_too_long_is_told_to_come_back(backend: RecordingBackend) -> None:
    spec = gateway_spec(hold=HoldSpec(requests=2, seconds=2))
    with live_gateway(spec, []) as gateway:
        answer = call(gateway.port, "POST", CHAT, body=BODY)
        assert (answer.status, answer.header("retry-after")) == (503, "1")
        assert json.loads(answer.body)["error"]["code"] == "not_ready"
        assert answer.header("x-envoy-ratelimited") is None
        # Asked once, and again for each second: not begun anew by the way in.
        assert gateway.stat("cluster.nobody.upstream_rq_total") == 3
        assert gateway.stat("cluster.waiting.upstream_rq_total") == 1


def test_a_client_who_gives_up_waits_no_longer(asleep: LiveGateway) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", asleep.port)
    connection.request("POST", CHAT, BODY, {"authorization": f"Bearer {KEY}"})
    _wait_for_held(asleep, 1)
    connection.close()
    _wait_for_held(asleep, 0)


def test_a_ready_replica_gets_requests_directly_even_if_most_are_not_ready(
    backend: RecordingBackend,
) -> None:
    spec = gateway_spec(hold=HoldSpec(requests=2, seconds=60))
    gone = [f"/tmp/none-{number}" for number in range(9)]
    with live_gateway(spec, []) as gateway:
        gateway.write(sockets=[backend.socket, *gone])
        gateway.wait_serving([backend.socket])
        assert {call(gateway.port, "POST", CHAT, body=b"{}").status for _ in range(20)} == {200}
        assert gateway.stat("cluster.waiting.upstream_rq_total") == 0


def test_a_client_cannot_say_that_it_was_held(
    asleep: LiveGateway, backend: RecordingBackend
) -> None:
    asleep.write(sockets=[backend.socket])
    asleep.wait_serving([backend.socket])
    call(asleep.port, "POST", CHAT, body=b"{}", headers={"x-slipway-held": "1"})
    assert backend.requests[0].header("x-slipway-held") == []


def test_health_says_what_is_and_waits_for_nothing(asleep: LiveGateway) -> None:
    assert call(asleep.port, "GET", "/health", key=None).status == 503


def _ask(pool: ThreadPoolExecutor, gateway: LiveGateway) -> Future[Answer]:
    return pool.submit(lambda: call(gateway.port, "POST", CHAT, body=BODY))


def _wait_for_held(gateway: LiveGateway, count: int) -> None:
    gateway.wait_for(
        f"{count} held requests",
        lambda: gateway.stat("cluster.waiting.upstream_rq_active") == count,
    )
