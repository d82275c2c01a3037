"""A live gateway before a backend that records; tests that change either start their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.live_gateway import LiveGateway, gateway_spec, live_gateway
from tests.support.recording_backend import RecordingBackend, recording_backend


@pytest.fixture(scope="module")
def backend() -> Iterator[RecordingBackend]:
    with recording_backend() as backend:
        yield backend


@pytest.fixture(scope="module")
def gateway(backend: RecordingBackend) -> Iterator[LiveGateway]:
    with live_gateway(gateway_spec(), [backend.socket]) as gateway:
        yield gateway
