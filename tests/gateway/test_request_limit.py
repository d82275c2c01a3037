"""Requests a minute, for each key on its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.gateway import local_site
from components.gateway.routes import route_table
from components.specs import KeySpec
from tests.support.live_gateway import (
    DEADLINE_SECONDS,
    KEY,
    gateway_spec,
    live_gateway,
)
from tests.support.raw_http import call
from tests.support.recording_backend import RecordingBackend, recording_backend

PER_MINUTE = 1500
TOLERANCE = 0.02 * PER_MINUTE
KEYS = {"alice": "alices-key-0123456789", "bob": "bobs-key-0123456789abc"}
NAMES = tuple(KeySpec(name=name, source="generated") for name in KEYS)


@pytest.fixture(scope="module")
def backend() -> Iterator[RecordingBackend]:
    with recording_backend() as backend:
        yield backend


def accepted(port: int, count: int, key: str | None, path: str = "/v1/models") -> int:
    """How many of `count` requests, sent as fast as may be over 4 connections, got a 200."""

    def burst(share: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE_SECONDS)
        headers = {"authorization": f"Bearer {key}"} if key else {}
        good = 0
        with contextlib.closing(connection):
            for _ in range(share):
                connection.request("GET", path, headers=headers)
                response = connection.getresponse()
                response.read()
                good += response.status == 200
        return good

    with ThreadPoolExecutor(4) as pool:
        return sum(pool.map(burst, [count // 4] * 4))


def test_each_key_has_its_minutes_requests_and_no_more(backend: RecordingBackend) -> None:
    spec = gateway_spec(requests_per_minute=PER_MINUTE, keys=NAMES)
    with live_gateway(spec, [backend.socket], KEYS) as gateway:
        for key in KEYS.values():
            start = time.monotonic()
            count = accepted(gateway.port, PER_MINUTE + 200, key)
            due = PER_MINUTE * (1 + (time.monotonic() - start) / 60)
            assert abs(count - due) <= TOLERANCE


def test_who_is_over_the_limit_is_told_when_to_come_back(backend: RecordingBackend) -> None:
    with live_gateway(gateway_spec(requests_per_minute=5), [backend.socket]) as gateway:
        # All routes of a key draw from one bucket.
        assert accepted(gateway.port, 4, KEY) == 4
        answers = [call(gateway.port, "POST", "/v1/completions", body=b"{}") for _ in range(3)]
        assert [answer.status for answer in answers] == [200, 429, 429]
        assert answers[1].header("retry-after") == "12"
        assert json.loads(answers[1].body)["error"]["code"] == "rate_limit_exceeded"
        for path in ("/", "/health", "/metrics"):
            assert accepted(gateway.port, 20, KEY, path) == 20


def test_requests_come_back_at_the_rate_of_the_limit(backend: RecordingBackend) -> None:
    per_minute = 3000
    with live_gateway(gateway_spec(requests_per_minute=per_minute), [backend.socket]) as gateway:
        port = gateway.port
        # Counted from one refusal to another: at both the bucket is empty.
        while accepted(port, 400, KEY) == 400:
            pass
        start, seconds, count = time.monotonic(), 0.0, 0
        while seconds < 3:
            while (fresh := accepted(port, 4, KEY)) == 4:
                count += fresh
            count += fresh
            seconds = time.monotonic() - start
        assert count == pytest.approx(per_minute / 60 * seconds, rel=0.02, abs=2)


def test_without_keys_the_limit_counts_all_requests_together(backend: RecordingBackend) -> None:
    with live_gateway(gateway_spec(requests_per_minute=5, keys=()), [backend.socket]) as gateway:
        assert accepted(gateway.port, 4, None) == 4
        assert accepted(gateway.port, 8, "any-key") == 1


@pytest.mark.parametrize(("per_minute", "seconds"), [(1, "60"), (7, "9"), (60, "1"), (600, "1")])
def test_retry_after_is_when_the_next_request_is_allowed(per_minute: int, seconds: str) -> None:
    spec = gateway_spec(requests_per_minute=per_minute)
    routes = json.dumps(route_table(spec, local_site(".")))
    assert f'"retry-after", "value": "{seconds}"' in routes
