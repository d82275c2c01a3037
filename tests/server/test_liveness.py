"""Liveness follows progress, not load and not answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from starlette.testclient import TestClient

from tests.support.engine_app import app_client
from tests.support.fake_runner import FakeRunner, LetterCodec
from tests.support.server_process import MODEL

BODY = {"model": MODEL, "prompt": "ab", "max_tokens": 4}


class BlockingRunner(FakeRunner):
    """Its decode step hangs until released, as a deadlocked kernel would."""

    def __init__(self) -> None:
        super().__init__(rows=2)
        self.stuck = threading.Event()
        self.release = threading.Event()

    def decode(self, tokens: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
        self.stuck.set()
        assert self.release.wait(30)
        return super().decode(tokens, lengths)


class BrokenRunner(FakeRunner):
    def prefill(self, row: int, tokens: Sequence[int], past: int) -> NDArray[np.float32]:
        raise RuntimeError("out of memory")


def statuses(client: TestClient) -> tuple[int, int]:
    return client.get("/health/live").status_code, client.get("/health/ready").status_code


def eventually(condition: Callable[[], bool]) -> None:
    for _ in range(1000):
        if condition():
            return
        threading.Event().wait(0.01)
    pytest.fail("the condition never came true")


def test_a_stuck_generation_thread_fails_liveness_and_readiness_until_it_moves() -> None:
    runner = BlockingRunner()
    with app_client(runner, LetterCodec(), stall=0.2) as client:
        answers: list[int] = []
        asking = threading.Thread(
            target=lambda: answers.append(client.post("/v1/completions", json=BODY).status_code)
        )
        asking.start()
        assert runner.stuck.wait(10)
        eventually(lambda: statuses(client) == (503, 503))
        runner.release.set()
        asking.join(10)
        assert answers == [200]
        assert statuses(client) == (200, 200)


def test_a_stuck_thread_cannot_hold_a_request_beyond_its_deadline() -> None:
    runner = BlockingRunner()
    with app_client(runner, LetterCodec(), request_timeout=0.2) as client:
        assert client.post("/v1/completions", json=BODY).status_code == 408
        runner.release.set()


def test_an_idle_engine_is_live_however_long_it_idles() -> None:
    with app_client(FakeRunner(2), LetterCodec(), stall=0.0) as client:
        assert client.post("/v1/completions", json=BODY).status_code == 200
        eventually(lambda: statuses(client) == (200, 200))
        threading.Event().wait(0.05)
        assert statuses(client) == (200, 200)


def test_a_broken_engine_answers_503_and_is_neither_live_nor_ready() -> None:
    with app_client(BrokenRunner(2), LetterCodec()) as client:
        broken = client.post("/v1/completions", json=BODY)
        assert (broken.status_code, broken.json()["error"]["code"]) == (503, "engine_failed")
        assert statuses(client) == (503, 503)
        assert client.post("/v1/completions", json=BODY).status_code == 503
