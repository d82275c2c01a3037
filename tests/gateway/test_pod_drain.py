"""A gateway in a pod: a GET of its node ends it without cutting a stream, and only that one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from components.gateway.internal import DRAIN, LIVE, METRICS, READY
from components.gateway.site import PodPorts
from tests.support.free_port import free_port
from tests.support.live_gateway import LiveGateway, gateway_spec, live_gateway
from tests.support.raw_http import Answer, call, open_call
from tests.support.recording_backend import RecordingBackend, recording_backend

CHAT = "/v1/chat/completions"


@pytest.fixture
def pod() -> PodPorts:
    return PodPorts(probes=free_port(), drain=free_port(), withdrawal_seconds=2)


@pytest.fixture
def backend() -> Iterator[RecordingBackend]:
    with recording_backend() as backend:
        yield backend


@pytest.fixture
def gateway(pod: PodPorts, backend: RecordingBackend) -> Iterator[LiveGateway]:
    with live_gateway(gateway_spec(), [backend.socket], pod=pod) as gateway:
        yield gateway


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as pool:
        yield pool


@pytest.mark.usefixtures("gateway")
def test_the_node_asks_for_readiness_life_and_metrics_without_a_key(pod: PodPorts) -> None:
    assert [_get(pod.probes, path).status for path in (READY, LIVE, METRICS)] == 3 * [200]
    assert _get(pod.probes, METRICS).body.startswith(b"# TYPE envoy_")


@pytest.mark.parametrize("path", [READY, LIVE, DRAIN])
def test_clients_find_none_of_it(gateway: LiveGateway, path: str) -> None:
    assert call(gateway.port, "GET", path).status == 404


@pytest.mark.usefixtures("gateway")
def test_who_may_see_metrics_cannot_drain(pod: PodPorts) -> None:
    assert _get(pod.probes, DRAIN).status == 404
    assert _get(pod.probes, READY).status == 200


def test_the_hook_is_answered_once_the_last_stream_has_ended(
    gateway: LiveGateway, backend: RecordingBackend, pod: PodPorts, pool: ThreadPoolExecutor
) -> None:
    backend.mode = "stream"
    with open_call(gateway.port, "POST", CHAT, body=b"{}") as stream:
        backend.say(b"one")
        assert stream.readline() == b"data: one\n"
        hook = _begin_drain(gateway, pod, pool)
        looks = gateway.stat("http.drain.downstream_rq_completed")
        gateway.wait_for(
            "looks beyond the time of withdrawal",
            lambda: gateway.stat("http.drain.downstream_rq_completed") > looks + 4,
        )
        assert not hook.done(), "a stream is open"
        backend.say(b"two")
        backend.say(None)
        assert stream.read() == b"\ndata: two\n\n"
    assert hook.result().status == 200


def test_while_it_drains_it_answers_and_closes_each_connection_with_the_answer(
    gateway: LiveGateway, pod: PodPorts, pool: ThreadPoolExecutor
) -> None:
    hook = _begin_drain(gateway, pod, pool)
    answer = call(gateway.port, "POST", CHAT, body=b"{}")
    assert (answer.status, answer.header("connection")) == (200, "close")
    assert _get(pod.probes, READY).status == 503, "the pod leaves its Service"
    assert _get(pod.probes, LIVE).status == 200, "nobody restarts it meanwhile"
    assert hook.result().status == 200


def _begin_drain(gateway: LiveGateway, pod: PodPorts, pool: ThreadPoolExecutor) -> Future[Answer]:
    hook = pool.submit(_get, pod.drain, DRAIN)
    gateway.wait_for("the drain to begin", lambda: _get(pod.probes, READY).status == 503)
    return hook


def _get(port: int, path: str) -> Answer:
    return call(port, "GET", path, key=None)
