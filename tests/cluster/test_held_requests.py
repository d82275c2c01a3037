"""Requests wait at the gateway's pods while there is no replica, and the first pod answers them.

Here a person wakes the stack; tests/cluster/test_autoscaling.py has KEDA do it.
"""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from tests.support.gateway_stack import GatewayStack, gateway_stack
from tests.support.kube import Kube, StandIns
from tests.support.paced_pod import MODEL
from tests.support.scaled_stack import scaled_spec
from tests.support.stream_load import StreamLoad

KEYS = {"web": "web-key-0123456789abcdef"}
TOKENS = 4


@pytest.fixture(scope="module")
def resting(kube: Kube, stand_ins: StandIns) -> Generator[GatewayStack]:
    with kube.restricted_namespace() as namespace:
        images = stand_ins("envoy", "python")
        spec = scaled_spec(namespace, images, keys=tuple(KEYS), replicas=(0, 3))
        with gateway_stack(kube, spec, KEYS) as stack:
            yield stack


def test_a_request_without_a_replica_is_answered_by_the_first_one(resting: GatewayStack) -> None:
    resting.scale("engine", 0)
    resting.gone("engine")
    load = StreamLoad(
        base_url=resting.base_url, key=KEYS["web"], model=MODEL, width=3, tokens=TOKENS
    )
    wake = threading.Timer(5, resting.scale, ("engine", 1))
    wake.start()
    with load:
        wake.join()
    assert load.broken == []
    assert len(load.streams) >= 3
