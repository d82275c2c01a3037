"""Replicas follow the load by real KEDA and Prometheus, down to none and back for a held request.

The tokens come from a paced source, tests/support/paced_pod.py, and not from a model; it reports
its queue under the names of our server.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.support.kube import Kube, StandIns, eventually
from tests.support.paced_pod import MODEL
from tests.support.scaled_stack import ROWS, ScaledStack, scaled_spec, scaled_stack
from tests.support.stream_load import StreamLoad

pytestmark = pytest.mark.soak
KEYS = {"web": "web-key-0123456789abcdef"}
TOKENS = 20
"""At two a second: a stream of ten seconds."""
MOST = 3


@pytest.fixture(scope="module")
def namespace(kube: Kube, prometheus: None, keda: None) -> Generator[str]:
    with kube.restricted_namespace() as namespace:
        yield namespace


@pytest.fixture(scope="module")
def awake(kube: Kube, stand_ins: StandIns, namespace: str) -> Generator[ScaledStack]:
    """One replica at least."""
    images = stand_ins("envoy", "python")
    spec = scaled_spec(namespace, images, keys=tuple(KEYS), replicas=(1, MOST))
    with scaled_stack(kube, spec, KEYS) as stack:
        yield stack


@pytest.fixture(scope="module")
def resting(kube: Kube, stand_ins: StandIns, awake: ScaledStack) -> Generator[ScaledStack]:
    """The same stack, which may now have no replica."""
    images = stand_ins("envoy", "python")
    spec = scaled_spec(awake.spec.namespace, images, keys=tuple(KEYS), replicas=(0, MOST))
    with scaled_stack(kube, spec, KEYS) as stack:
        stack.look_again("gateway")
        held = f'{{namespace="{spec.namespace}", envoy_cluster_name="waiting"}}'
        eventually(
            lambda: stack.asked(f"envoy_cluster_upstream_rq_active{held}"),
            "a gateway that can hold requests",
            150,
        )
        yield stack


def test_a_queue_adds_replicas_and_its_end_takes_them_away(awake: ScaledStack) -> None:
    eventually(lambda: awake.wished == 1, "one replica without load")
    with _streams(awake, width=MOST * ROWS + 4) as load:
        eventually(lambda: awake.wished == MOST, "all replicas for a long queue", 120)
        eventually(lambda: len(awake.pods("engine")) == MOST, "their pods")
    print(f"{len(load.streams)} streams, {len(load.broken)} broken")
    assert load.broken == [], "no stream is refused or cut"
    eventually(lambda: awake.wished == 1, "one replica after the load", 300)


def test_a_resting_stack_has_no_replica_and_wakes_for_a_held_request(
    resting: ScaledStack,
) -> None:
    eventually(lambda: resting.wished == 0, "no replica where nobody asks", 120)
    resting.gone("engine")
    with _streams(resting, width=1) as load:
        assert load.streams[0].status == 200, load.streams[0]
    assert load.broken == []
    assert [stream for stream in load.streams if stream.whole(TOKENS)]
    eventually(lambda: resting.wished == 0, "rest again", 120)


def _streams(stack: ScaledStack, *, width: int) -> StreamLoad:
    return StreamLoad(
        base_url=stack.base_url, key=KEYS["web"], model=MODEL, width=width, tokens=TOKENS
    )
