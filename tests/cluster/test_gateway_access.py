"""Keys and limits over two gateway pods: exact, and changed without another pod.

The counting service and its Redis are the real ones.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import httpx2
import pytest

from components.kubernetes import names
from tests.support.gateway_stack import GatewayStack, gateway_stack, paced_spec
from tests.support.kube import Kube, StandIns, eventually

LIMIT = 30
KEYS = {name: f"{name}-key-0123456789abcdef" for name in ("one", "two", "three", "four", "clock")}
YOUNG = 40
"""Seconds that a minute has left, at least, for all requests of a test."""
COUNTED = ("one", "two", "three", "four")
_CLIENT = httpx2.Client()
"""One for all: making one takes longer than a request, and a minute is soon over."""


@pytest.fixture(scope="module")
def stack(kube: Kube, stand_ins: StandIns) -> Generator[GatewayStack]:
    images = stand_ins("envoy", "python", "ratelimit", "redis")
    with kube.restricted_namespace() as namespace:
        spec = paced_spec(namespace, images, keys=tuple(KEYS), per_minute=LIMIT)
        with gateway_stack(kube, spec, KEYS) as stack:
            yield stack


def test_a_key_has_its_limit_once_over_all_gateways(stack: GatewayStack) -> None:
    addresses = _addresses(stack)
    assert len(addresses) == 2
    answers = eventually(lambda: _all_counted(addresses), "a minute of counted requests", 300)
    admitted = Counter(name for name, answer in answers if answer.status_code == 200)
    assert admitted == dict.fromkeys(COUNTED, LIMIT)
    refused = next(answer for _, answer in answers if answer.status_code == 429)
    assert json.loads(refused.text)["error"]["code"] == "rate_limit_exceeded"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert len(answers) == 2 * LIMIT * len(COUNTED)


def test_a_changed_limit_and_a_changed_key_need_no_other_pod(stack: GatewayStack) -> None:
    before = _incarnations(stack)
    access = replace(stack.spec.gateway.gateway, requests_per_minute=2 * LIMIT)
    spec = replace(stack.spec, gateway=replace(stack.spec.gateway, gateway=access))
    fresh = {**KEYS, "clock": "another-key-0123456789abcdef"}
    stack.apply(spec, fresh)
    for component in ("gateway", "limits"):
        stack.look_again(component)
    for address in _addresses(stack):
        eventually(
            lambda at=address: (
                _ask(at, fresh["clock"]).headers.get("x-ratelimit-limit", "")[:2] == str(2 * LIMIT)
            ),
            f"the new key and the new limit at {address}",
        )
        assert _ask(address, KEYS["clock"]).status_code == 401, "the old key is known no more"
    assert _incarnations(stack) == before


def test_requests_go_on_while_nobody_counts(stack: GatewayStack) -> None:
    deployment = f"deployment/{names.limits(stack.spec)}"
    stack.run("scale", deployment, "--replicas=0")
    stack.gone("limits")
    try:
        answers = [_ask(address, KEYS["one"]) for address in _addresses(stack)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert "x-ratelimit-limit" not in answers[0].headers
    finally:
        stack.run("scale", deployment, "--replicas=1")
        stack.settled()


def _addresses(stack: GatewayStack) -> list[str]:
    """Of each gateway pod by itself: no Service decides who is asked."""
    port = 8080
    return [f"http://{pod['status']['podIP']}:{port}" for pod in stack.pods("gateway").values()]


def _ask(address: str, key: str) -> httpx2.Response:
    headers = {"authorization": f"Bearer {key}"}
    return _CLIENT.get(f"{address}/v1/models", headers=headers, timeout=10)


def _all_counted(addresses: list[str]) -> list[tuple[str, httpx2.Response]]:
    """Twice as many requests as each key has, within one minute, with the names of the keys.

    Empty where one was not counted: a gateway that has no answer in time lets a request go on, and
    other tests are at work on the same processors.
    """
    _await_a_young_minute(addresses[0])
    with ThreadPoolExecutor(16) as pool:
        each = list(product(range(LIMIT), addresses, COUNTED))
        made = [(name, pool.submit(_ask, address, KEYS[name])) for _, address, name in each]
        answers = [(name, answer.result()) for name, answer in made]
    if all("x-ratelimit-limit" in answer.headers for _, answer in answers):
        return answers
    eventually(lambda: _seconds_left(addresses[0]) <= YOUNG, "the next minute to come")
    return []


def _await_a_young_minute(address: str) -> None:
    """So that all requests of a test are of one minute."""
    eventually(lambda: _seconds_left(address) > YOUNG, "a minute that has just begun")


def _seconds_left(address: str) -> int:
    """Of the minute that is counted; 0 where this was not counted."""
    return int(_ask(address, KEYS["clock"]).headers.get("x-ratelimit-reset", 0))


def _incarnations(stack: GatewayStack) -> dict[str, int]:
    """Each pod and how often its containers were started again."""
    return {
        name: sum(status["restartCount"] for status in pod["status"]["containerStatuses"])
        for component in ("gateway", "limits")
        for name, pod in stack.pods(component).items()
    }
