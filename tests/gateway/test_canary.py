"""Two revisions of a model behind one port: shares, wishes, and changes of both."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Event

import pytest

from components.gateway.canary import RELEASE_HEADER
from components.gateway.site import Address, Canary
from components.specs import HoldSpec
from tests.support.live_gateway import LiveGateway, gateway_spec, live_gateway
from tests.support.raw_http import Answer, call, open_call
from tests.support.recording_backend import RecordingBackend, recording_backend, tcp_backend

CHAT = "/v1/chat/completions"
ASKED = 400
WISH = {RELEASE_HEADER: "canary"}


@dataclass
class Pair:
    gateway: LiveGateway
    stable: RecordingBackend
    canary: RecordingBackend
    address: Address

    def weigh(self, weight: int | None) -> None:
        """None: there is no canary any more. Returns once Envoy has the new routes."""
        loads = self._loads()
        canary = None if weight is None else _canary(self.address, weight)
        self.gateway.site = replace(self.gateway.site, canary=canary)
        self.gateway.write(gateway_spec())
        self.gateway.wait_for("the new routes", lambda: self._loads() > loads)

    def shares(self, count: int) -> dict[str, int]:
        """How many of `count` requests each has answered; every one must be."""
        found = {self.stable.name: 0, self.canary.name: 0}
        with ThreadPoolExecutor(8) as pool:
            for answer in pool.map(lambda _: _ask(self.gateway), range(count)):
                found[_who(answer)] += 1
        return found

    def shares_until(self, over: Event) -> dict[str, int]:
        """The same, asked one after the other."""
        found = {self.stable.name: 0, self.canary.name: 0}
        while not over.is_set():
            found[_who(_ask(self.gateway))] += 1
        return found

    def _loads(self) -> int:
        return self.gateway.stat("http.gateway.rds.routes.config_reload")


@contextlib.contextmanager
def pair(weight: int | None, **spec: object) -> Generator[Pair]:
    with (
        recording_backend("stable") as stable,
        tcp_backend("canary") as (canary, port),
    ):
        address = Address(host="127.0.0.1", port=port)
        site = {} if weight is None else {"canary": _canary(address, weight)}
        with live_gateway(gateway_spec(**spec), [stable.socket], **site) as gateway:
            both = Pair(gateway, stable, canary, address)
            if weight is not None:
                _await_canary(both)
            yield both


def test_a_tenth_of_the_requests_goes_to_a_canary_of_weight_ten() -> None:
    with pair(10) as both:
        found = both.shares(ASKED)
    # Five deviations of the binomial distribution: one run in a million is outside by chance.
    mean, deviation = 0.1 * ASKED, (ASKED * 0.1 * 0.9) ** 0.5
    assert abs(found["canary"] - mean) < 5 * deviation
    assert sum(found.values()) == ASKED


@pytest.mark.parametrize(("weight", "answers"), [(0, "stable"), (100, "canary")])
def test_blue_and_green_are_asked_one_at_a_time(weight: int, answers: str) -> None:
    with pair(weight) as both:
        assert both.shares(40)[answers] == 40


def test_whoever_has_a_key_reaches_either_on_purpose_and_is_told_which() -> None:
    with pair(0) as both:
        for wished in ("canary", "stable"):
            answer = _ask(both.gateway, {RELEASE_HEADER: wished})
            assert (_who(answer), answer.header(RELEASE_HEADER)) == (wished, wished)
        assert call(both.gateway.port, "POST", CHAT, key=None, headers=WISH).status == 401
        assert both.canary.requests[-1].header(RELEASE_HEADER) == []


def test_the_share_of_a_canary_that_is_not_ready_goes_to_the_stable_revision() -> None:
    with pair(100) as both:
        both.canary.ready = False
        both.gateway.wait_for(
            "an unready canary",
            lambda: both.gateway.stat("cluster.canary.membership_healthy") == 0,
        )
        assert both.shares(20) == {"stable": 20, "canary": 0}
        wished = _ask(both.gateway, WISH)
        assert wished.status == 503
        assert json.loads(wished.body)["error"]["code"] == "not_ready"


def test_a_changed_weight_cuts_no_stream() -> None:
    with pair(100) as both:
        both.canary.mode = "stream"
        with open_call(both.gateway.port, "POST", CHAT, body=b"{}") as stream:
            both.canary.say(b"one")
            assert stream.readline() == b"data: one\n"
            both.weigh(0)
            assert both.shares(20)["stable"] == 20
            both.canary.say(b"two")
            both.canary.say(None)
            assert stream.read() == b"\ndata: two\n\n"


def test_a_canary_that_comes_and_goes_fails_no_request_and_cuts_no_stream() -> None:
    over = Event()
    with pair(None) as both, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(both.shares_until, over)
        for _ in range(3):
            # Routes that send half of the requests there come before anything of it is known.
            both.weigh(50)
            both.weigh(None)
        both.canary.mode = "stream"
        both.weigh(0)
        _await_canary(both)
        with open_call(both.gateway.port, "POST", CHAT, body=b"{}", headers=WISH) as stream:
            both.canary.say(b"one")
            assert stream.readline() == b"data: one\n"
            both.weigh(None)
            assert _who(_ask(both.gateway, WISH)) == "stable", "nobody knows the wish any more"
            both.canary.say(b"two")
            both.canary.say(None)
            assert stream.read() == b"\ndata: two\n\n"
        over.set()
        assert asked.result()["stable"] > 0


def test_health_is_that_of_the_revision_that_gets_the_requests() -> None:
    with pair(100) as both:
        both.stable.ready = False
        both.gateway.wait_serving([])
        assert call(both.gateway.port, "GET", "/health", key=None).status == 200


def test_a_canary_beside_a_stack_at_rest_answers_its_share_and_wakes_nobody() -> None:
    with pair(100, hold=HoldSpec(requests=2, seconds=60)) as both:
        both.gateway.write(sockets=[])
        both.gateway.wait_serving([])
        assert both.shares(20)["canary"] == 20
        assert both.gateway.stat("cluster.waiting.upstream_rq_total") == 0


def _canary(address: Address, weight: int) -> Canary:
    return Canary(address=address, ready_path="/health/ready", weight=weight)


def _await_canary(both: Pair) -> None:
    both.gateway.wait_for(
        "a ready canary", lambda: both.gateway.stat("cluster.canary.membership_healthy") == 1
    )


def _ask(gateway: LiveGateway, headers: dict[str, str] | None = None) -> Answer:
    return call(gateway.port, "POST", CHAT, body=b"{}", headers=headers)


def _who(answer: Answer) -> str:
    assert answer.status == 200, answer
    return json.loads(answer.body)["from"]
