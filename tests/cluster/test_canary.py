"""Two revisions on a real cluster: real Envoy shares requests by weight, in every gateway pod.

Both are the paced token source, tests/support/paced_pod.py, and not a model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator
from dataclasses import replace
from itertools import cycle, islice

import httpx2
import pytest

from components.gateway.canary import RELEASE_HEADER
from components.kubernetes.gateway.site import HTTP, PROBES
from components.specs.cluster import KubernetesSpec
from tests.support.gateway_stack import GatewayStack, gateway_stack, paced_spec
from tests.support.kube import Kube, StandIns, eventually
from tests.support.kubernetes_specs import with_canary
from tests.support.paced_pod import MODEL
from tests.support.stream_load import StreamLoad

KEYS = {"web": "web-key-0123456789abcdef"}
CANARY = "the-canary"
HEADERS = {"authorization": f"Bearer {KEYS['web']}"}
WISH = {RELEASE_HEADER: "canary"}
ASKED, WEIGHT = 400, 10
CLIENT = httpx2.Client(timeout=10)
TOKENS = 20
"""At two a second: a stream of ten seconds."""


@pytest.fixture(scope="module")
def stack(kube: Kube, stand_ins: StandIns) -> Generator[GatewayStack]:
    """The canary comes second, as to a stack that is served already."""
    with kube.restricted_namespace() as namespace:
        spec = paced_spec(namespace, stand_ins("envoy", "python"), keys=tuple(KEYS))
        with gateway_stack(kube, spec, KEYS) as stack:
            yield stack


def test_a_canary_comes_its_weight_changes_and_it_goes_without_a_broken_stream(
    stack: GatewayStack,
) -> None:
    before = set(stack.pods("gateway"))
    with StreamLoad(
        base_url=stack.base_url, key=KEYS["web"], model=MODEL, width=40, tokens=TOKENS
    ) as load:
        for weight in (0, 100):
            _weigh(stack, weight)
        _weigh(stack, None)
    print(f"{len(load.streams)} streams, {len(load.broken)} broken")
    assert len(load.streams) >= 40
    assert load.broken == []
    assert set(stack.pods("gateway")) == before


def test_a_tenth_of_the_requests_goes_to_a_canary_of_weight_ten(stack: GatewayStack) -> None:
    _weigh(stack, WEIGHT)
    answered = Counter(_owner(address) for address in islice(cycle(_addresses(stack)), ASKED))
    print(dict(answered))
    # Five deviations of the binomial distribution: one run in a million is outside by chance.
    mean, deviation = ASKED * WEIGHT / 100, (ASKED * WEIGHT * (100 - WEIGHT)) ** 0.5 / 100
    assert answered.total() == ASKED
    assert abs(answered[CANARY] - mean) < 5 * deviation


def test_whoever_has_a_key_reaches_the_canary_on_purpose(stack: GatewayStack) -> None:
    _weigh(stack, 0)
    for address in _addresses(stack):
        answer = CLIENT.get(f"{address}/v1/models", headers=HEADERS | WISH)
        assert (answer.status_code, answer.headers[RELEASE_HEADER]) == (200, "canary")
        assert CLIENT.get(f"{address}/v1/models", headers=WISH).status_code == 401


def _weigh(stack: GatewayStack, weight: int | None) -> None:
    """None: there is no canary any more. Returns once every gateway has the new routes."""
    spec = stack.spec if weight is None else _with_canary(stack, weight)
    loads = {address: _loads(address) for address in _addresses(stack)}
    stack.apply(spec, KEYS)
    stack.settled()
    stack.look_again("gateway")
    for address, before in loads.items():
        eventually(lambda at=address, n=before: _loads(at) > n, "the new routes")
    if weight is None:
        stack.run("delete", "deployment/tiny-canary", "--wait=false")
        return
    for address in loads:
        eventually(
            lambda at=address: (
                CLIENT.get(f"{at}/v1/models", headers=HEADERS | WISH).status_code == 200
            ),
            "a canary that answers",
        )


def _with_canary(stack: GatewayStack, weight: int) -> KubernetesSpec:
    container = stack.spec.workload.container
    named = replace(container, args=(*container.args, "--owner", CANARY))
    return with_canary(stack.spec, weight, container=named)


def _owner(address: str) -> str:
    answer = CLIENT.get(f"{address}/v1/models", headers=HEADERS)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"][0]["owned_by"]


def _addresses(stack: GatewayStack) -> list[str]:
    """Of each gateway pod by itself: no Service decides who is asked."""
    return [f"http://{pod['status']['podIP']}:{HTTP}" for pod in stack.pods("gateway").values()]


def _loads(address: str) -> int:
    """How often that gateway has taken a route table."""
    probes = address.replace(f":{HTTP}", f":{PROBES}")
    lines = CLIENT.get(f"{probes}/metrics").text
    (found,) = re.findall(r"^envoy_http_rds_config_reload{.*} (\d+)$", lines, re.MULTILINE)
    return int(found)
