"""`make up` asks until it is answered, and gives up with a reason."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tools.bootstrap.errors import ToolError
from tools.stack import question


@contextmanager
def gateway(*statuses: int) -> Iterator[dict[str, str]]:
    """Answers one request after the other with `statuses`; yields the stack's outputs."""
    left = list(statuses)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            good = self.headers["Authorization"] == "Bearer secret"
            self.send_response(left.pop(0) if good else 401)
            self.end_headers()
            answer = {"choices": [{"message": {"content": " Paris. "}}]}
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            """Keep test output clean."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/v1"
        yield {"openaiBaseUrl": url, "modelName": "m", "apiKey": "secret"}
        server.shutdown()


def test_it_waits_while_the_gateway_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "_PAUSE_SECONDS", 0.01)
    with gateway(503, 429, 200) as outputs:
        assert question.ask(outputs, "?") == "Paris."


def test_a_refusal_that_waiting_does_not_cure_ends_it_at_once() -> None:
    with gateway(200) as outputs, pytest.raises(ToolError, match="refused the question: HTTP 401"):
        question.ask({**outputs, "apiKey": "wrong"}, "?")


def test_the_deadline_tells_the_last_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "_DEADLINE_SECONDS", 0.0)
    with gateway(503) as outputs, pytest.raises(ToolError, match="no answer within 0 s: HTTP 503"):
        question.ask(outputs, "?")
