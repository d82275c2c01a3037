"""Drain, deadlines and a full queue, over a paced token source."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx2
import openai
import pytest

from tests.support.server_process import MODEL, PACED, ServerProcess, server


class Stream:
    """A streamed completion read in a thread."""

    def __init__(self, running: ServerProcess, tokens: int):
        self.started = threading.Event()
        self.events: list[dict[str, Any]] = []
        self.done = False
        self.closed = threading.Event()
        self._running = running
        self._tokens = tokens
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def tokens(self) -> int:
        return sum(
            bool(event.get("choices") and event["choices"][0]["text"]) for event in self.events
        )

    def _read(self) -> None:
        body = {"model": MODEL, "prompt": "a b", "max_tokens": self._tokens, "stream": True}
        transport = httpx2.HTTPTransport(uds=str(self._running.socket))
        with (
            httpx2.Client(transport=transport, timeout=60) as client,
            client.stream("POST", "http://server/v1/completions", json=body) as response,
        ):
            for line in response.iter_lines():
                self._take(line)
        self.closed.set()

    def _take(self, line: str) -> None:
        if line == "data: [DONE]":
            self.done = True
        elif line:
            self.events.append(json.loads(line.removeprefix("data: ")))
            self.started.set()


@pytest.fixture
def paced() -> Iterator[ServerProcess]:
    with server(PACED, tokens_per_second=50, max_concurrent=2, max_queue=1, drain=30) as running:
        yield running


def post(running: ServerProcess, **body: object) -> httpx2.Response:
    return running.http.post("/v1/completions", json={"model": MODEL, "prompt": "a", **body})


def _running(paced: ServerProcess, tokens: int) -> list[Stream]:
    """As many streams as run at once, each with its first token."""
    streams = [Stream(paced, tokens), Stream(paced, tokens)]
    assert all(stream.started.wait(20) for stream in streams)
    return streams


def _waiting(paced: ServerProcess, tokens: int) -> Stream:
    """One stream more, seen in the queue: one reading, since two are of two moments."""
    stream = Stream(paced, tokens)
    paced.wait_until(lambda: paced.metric("vllm:num_requests_waiting") == 1, "one more to wait")
    return stream


def test_sigterm_lets_running_and_waiting_streams_end_and_refuses_new_requests(
    paced: ServerProcess,
) -> None:
    streams = [*_running(paced, 150), _waiting(paced, 10)]
    paced.terminate()
    paced.wait_until(lambda: paced.http.get("/health/ready").status_code == 503, "readiness off")
    refused = post(paced)
    assert refused.status_code == 503
    assert refused.json()["error"]["code"] == "draining"
    assert refused.headers["retry-after"] == "1"
    assert refused.headers["connection"] == "close"
    assert all(stream.closed.wait(30) for stream in streams)
    assert [(stream.tokens, stream.done) for stream in streams] == [
        (150, True),
        (150, True),
        (10, True),
    ]
    assert paced.process.wait(20) == 0
    assert not paced.socket.exists()


def test_a_stream_over_the_drain_limit_ends_with_an_error_event() -> None:
    with server(PACED, tokens_per_second=20, drain=0.2) as running:
        stream = Stream(running, 200)
        assert stream.started.wait(20)
        running.terminate()
        assert stream.closed.wait(20)
        assert stream.events[-1]["error"]["code"] == "drain_deadline"
        assert not stream.done
        assert running.process.wait(20) == 0


def test_an_idle_server_ends_at_once_on_sigterm(paced: ServerProcess) -> None:
    paced.terminate()
    assert paced.process.wait(20) == 0


def test_one_request_more_than_the_queue_holds_gets_429_with_retry_after(
    paced: ServerProcess,
) -> None:
    streams = [*_running(paced, 250), _waiting(paced, 10)]
    refused = post(paced)
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "queue_full"
    assert refused.headers["retry-after"] == "1"
    assert all(stream.closed.wait(30) for stream in streams)
    assert all(stream.done for stream in streams)
    assert post(paced, max_tokens=1).status_code == 200, "a free place is taken again"


def test_a_request_over_its_deadline_is_answered_with_a_timeout_and_frees_its_row() -> None:
    with server(PACED, tokens_per_second=20, request_timeout=0.5) as running:
        stream = Stream(running, 200)
        whole = post(running, max_tokens=200)
        assert whole.status_code == 408
        assert whole.json()["error"]["code"] == "request_timeout"
        assert stream.closed.wait(20)
        assert stream.events[-1]["error"]["code"] == "request_timeout"
        assert not stream.done
        running.wait_until(lambda: running.metric("vllm:num_requests_running") == 0, "free rows")


def test_a_client_that_goes_away_frees_its_row(paced: ServerProcess) -> None:
    with pytest.raises(openai.APITimeoutError):
        paced.openai(timeout=0.5).completions.create(model=MODEL, prompt="a", max_tokens=250)
    paced.wait_until(lambda: paced.metric("vllm:num_requests_running") == 0, "a free row")
    assert paced.metric("vllm:request_success_total", finished_reason="abort") == 1
    assert paced.log_lines()[-1]["disconnected"] is True


def test_a_second_server_on_the_same_socket_is_refused(paced: ServerProcess) -> None:
    from images.onnx.server.listening import listen
    from images.onnx.server.settings import Settings

    settings = Settings(
        model_name=MODEL,
        max_context=8,
        max_concurrent=1,
        max_queue=0,
        request_timeout=1,
        drain=1,
        uds=paced.socket,
    )
    with pytest.raises(OSError, match="another server listens"), listen(settings):
        pass
    assert paced.http.get("/health/ready").status_code == 200
