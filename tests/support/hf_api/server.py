"""The fake API's socket."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from tests.support.hf_api.faults import Fault
from tests.support.hf_api.model import Call, FakeApi, RefusalError
from tests.support.loopback_server import serving

_SEEM_GOOD = ("truncate", "no-json", "no-field")
"""Answers with status 200: to a delete, the API gives none before it has deleted."""


@contextmanager
def running(api: FakeApi) -> Iterator[FakeApi]:
    """Serve `api` until the block ends."""
    with serving(_Handler, api=api) as api.url:
        yield api


class _Handler(BaseHTTPRequestHandler):
    api: FakeApi
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def do_PUT(self) -> None:
        self._serve("PUT")

    def do_DELETE(self) -> None:
        self._serve("DELETE")

    def log_message(self, *_: object) -> None:
        """Nothing on the test's stderr."""

    def _serve(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        path = urlsplit(self.path).path
        if path.startswith("/serving/"):
            self._container(path, body)
            return
        call = Call(method, path, body)
        self.api.calls.append(call)
        fault = next((f for f in self.api.faults if f.strikes(method, path)), None)
        if fault and not (fault.acted or (method == "DELETE" and fault.way in _SEEM_GOOD)):
            self._fail(fault, None)
            return
        self.api.watch(call, "before")
        try:
            answer = self._act(call)
        except RefusalError as refusal:
            self._answer(refusal.status, {"error": refusal.message})
            return
        self.api.watch(call, "after")
        if fault:
            self._fail(fault, answer)
        elif isinstance(answer, str):
            self._send(200, answer.encode(), "text/plain")
        else:
            self._answer(200, answer)

    def _act(self, call: Call) -> Any:
        if self.headers.get("Authorization") != f"Bearer {self.api.token}":
            raise RefusalError(401, "Invalid credentials in Authorization header")
        match (call.method, call.path.strip("/").split("/")):
            case ("GET", ["api", "whoami-v2"]):
                return {"type": "user", "name": self.api.user, "orgs": []}
            case ("GET", ["v2", "endpoint", namespace]):
                return {"items": self.api.listed(namespace)}
            case ("POST", ["v2", "endpoint", namespace]):
                return self.api.create(namespace, call.body or {})
            case ("GET", ["v2", "endpoint", namespace, name]):
                return self.api.look(namespace, name)
            case ("PUT", ["v2", "endpoint", namespace, name]):
                return self.api.change(namespace, name, call.body or {})
            case ("DELETE", ["v2", "endpoint", namespace, name]):
                return self.api.delete(namespace, name)
            case ("POST", ["v2", "endpoint", namespace, name, "pause"]):
                return self.api.pause(namespace, name)
            case ("POST", ["v2", "endpoint", namespace, name, "resume"]):
                return self.api.resume(namespace, name)
            case ("POST", ["v2", "endpoint", namespace, name, "scale-to-zero"]):
                return self.api.sleep(namespace, name)
            case ("GET", ["v2", "endpoint", namespace, name, "logs"]):
                self.api.look(namespace, name)
                return self.api.log_text
            case _:
                raise RefusalError(404, f"no route {call.method} {call.path}")

    def _container(self, path: str, body: Any) -> None:
        """The engine behind the endpoint's own URL."""
        _, _, serial, *rest = path.split("/")
        found = next((e for e in self.api.endpoints.values() if str(e.serial) == serial), None)
        if found is None or found.raw["status"]["state"] in ("paused", "failed"):
            self._answer(400, {"error": "Invalid state"})
            return
        if found.raw["status"]["state"] == "scaledToZero":
            found.ahead = ["initializing", "running"]
            self._answer(503, {"error": "Service Unavailable"})
            return
        allowed = found.raw["type"] == "public" or self.headers.get("Authorization")
        if not allowed:
            self._answer(401, {"error": "Unauthorized"})
        elif rest[-2:] == ["chat", "completions"]:
            message = {"role": "assistant", "content": "Hello"}
            choice = {"index": 0, "message": message, "finish_reason": "length"}
            model = (body or {}).get("model", "")
            self.api.asked.append(model)
            if self.api.deaf:
                self._answer(400, {"error": {"message": "no such model"}})
                return
            self._answer(
                200,
                {
                    "id": "1",
                    "object": "chat.completion",
                    "created": 1,
                    "model": model,
                    "choices": [choice],
                },
            )
        else:
            self._answer(200, {"status": "ok"})

    def _fail(self, fault: Fault, answer: Any) -> None:
        match fault.way:
            case "status":
                self._answer(fault.status, {"error": fault.message}, fault.headers)
            case "delay":
                time.sleep(fault.seconds)
                self._answer(200, answer)
            case "truncate":
                self._send(200, json.dumps(answer or {"name": "x"}).encode(), cut=True)
            case "hang-up":
                self.close_connection = True
            case "no-json":
                self._send(200, b"<html>upstream error</html>", "text/html")
            case "no-field":
                self._answer(200, {"name": "x", "items": [{}]})

    def _answer(self, status: int, content: Any, headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(content).encode(), headers=headers)

    def _send(
        self,
        status: int,
        body: bytes,
        kind: str = "application/json",
        *,
        headers: dict[str, str] | None = None,
        cut: bool = False,
    ) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)
            if cut:
                self.close_connection = True
        except OSError:
            self.close_connection = True  # the client was killed
