"""Streams through the gateway's pods while pods come and go: none is cut.

The tokens come from a paced source, tests/support/paced_pod.py, and not from a model.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.support.gateway_stack import GatewayStack, gateway_stack, paced_spec
from tests.support.kube import Kube, StandIns
from tests.support.paced_pod import MODEL
from tests.support.stream_load import StreamLoad

KEYS = {"web": "web-key-0123456789abcdef"}
TOKENS = 20
"""At two a second: a stream of ten seconds."""


@pytest.fixture(scope="module")
def stack(kube: Kube, stand_ins: StandIns) -> Generator[GatewayStack]:
    with kube.restricted_namespace() as namespace:
        spec = paced_spec(namespace, stand_ins("envoy", "python"), keys=tuple(KEYS))
        with gateway_stack(kube, spec, KEYS) as stack:
            yield stack


def test_a_rollout_and_the_eviction_of_every_gateway_cut_no_stream(stack: GatewayStack) -> None:
    with _streams(stack, 60) as load:
        stack.restart("gateway")
        for pod in stack.pods("gateway"):
            stack.evict(pod)
    assert len(load.streams) >= 60
    assert load.broken == []


def test_without_the_drain_hook_the_same_rollout_cuts_streams(stack: GatewayStack) -> None:
    path = "/spec/template/spec/containers/0/lifecycle"
    patch = f'[{{"op": "remove", "path": "{path}"}}]'
    stack.run("patch", "deployment/tiny-gateway", "--type=json", f"--patch={patch}")
    stack.settled()
    try:
        with _streams(stack, 60) as load:
            stack.restart("gateway")
        cut = [stream for stream in load.broken if stream.status == 200]
        assert cut, "streams outlive a gateway that nobody drained"
        assert all(not stream.done and stream.error for stream in cut)
    finally:
        stack.apply(stack.spec, stack.keys)
        stack.settled()


@pytest.mark.soak
def test_300_streams_outlive_updates_scale_downs_and_the_eviction_of_every_pod(
    stack: GatewayStack,
) -> None:
    with _streams(stack, 300) as load:
        for _ in range(3):
            for part in ("gateway", "engine"):
                stack.restart(part)
                stack.scale(part, 3)
                stack.scale(part, 2)
        for part in ("gateway", "engine"):
            for pod in stack.pods(part):
                stack.evict(pod)
    print(f"{len(load.streams)} streams, {len(load.broken)} broken")
    assert load.broken == []


def _streams(stack: GatewayStack, width: int) -> StreamLoad:
    return StreamLoad(
        base_url=stack.base_url, key=KEYS["web"], model=MODEL, width=width, tokens=TOKENS
    )
