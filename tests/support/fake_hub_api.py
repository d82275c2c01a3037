"""The hub's API on loopback: accounts, models by their listing, endpoint hardware."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Literal

from tests.support.fake_hub import REPOSITORY, REVISION
from tests.support.http_failures import Failure, fail, send
from tests.support.loopback_server import serving

Refusal = Literal["throttled", "denied", "not-accepted"]
_STATUS: dict[Refusal, int] = {"throttled": 429, "denied": 403, "not-accepted": 401}
_CODES = {"GatedRepo": 403, "RepoNotFound": 404, "RevisionNotFound": 404}


@dataclass
class FakeHubApi:
    """What the hub knows; `url` is set while it runs."""

    files: dict[str, int | None] = field(default_factory=lambda: {"model.safetensors": 1000})
    """Sizes by name."""
    repository: str = REPOSITORY
    revision: str = REVISION
    """What the hub says that it shows, whatever was asked for."""
    gated: str | bool = False
    licence: str | None = "apache-2.0"
    refused: dict[str, str] = field(default_factory=dict[str, str])
    """Error code of the hub by route: `auth-check`, `model`."""
    computes: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    """Hardware in aws us-east-1."""
    elsewhere: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    """Hardware in aws eu-west-1."""
    endpoints: dict[str, dict[str, object]] = field(default_factory=dict[str, dict[str, object]])
    failures: dict[str, Failure | Refusal] = field(default_factory=dict[str, Failure | Refusal])
    """How a route fails: `whoami`, `auth-check`, `model`, `hardware`, `endpoint`."""
    fail_first: int | None = None
    """Only so many requests fail; None: all."""
    asked: Counter[str] = field(default_factory=Counter[str])
    """Requests by route."""
    tokens: set[str | None] = field(default_factory=set[str | None])
    """`Authorization` of all requests."""
    closing: threading.Event = field(default_factory=threading.Event)
    url: str = ""


def compute(
    *, size: str = "x1", accelerators: int = 1, status: str = "available", limit: int, used: int
) -> dict[str, object]:
    """One size of aws/nvidia-l4 as the endpoint API lists it."""
    return {
        "id": f"aws-us-east-1-nvidia-l4-{size}",
        "accelerator": "gpu",
        "instanceType": "nvidia-l4",
        "instanceSize": size,
        "architecture": "Nvidia L4",
        "numAccelerators": accelerators,
        "memoryGb": 28.5,
        "pricePerHour": 0.8,
        "status": status,
        "quota": {"maxAccelerators": limit, "usedAccelerators": used},
    }


@contextmanager
def running(hub: FakeHubApi) -> Iterator[FakeHubApi]:
    """Serve `hub` until the block ends."""
    with serving(_Handler, hub=hub) as hub.url:
        try:
            yield hub
        finally:
            hub.closing.set()


class _Handler(BaseHTTPRequestHandler):
    hub: FakeHubApi
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/api/agent-harnesses":  # the client's own look-up, always without a token
            send(self, 404, b"")
            return
        self.hub.tokens.add(self.headers.get("Authorization"))
        route = self._route(path)
        self.hub.asked[route] += 1
        failure = self.hub.failures.get(route)
        over = self.hub.fail_first is not None and self.hub.asked[route] > self.hub.fail_first
        if failure is not None and not over:
            self._fail(failure)
        elif route in self.hub.refused:
            code = self.hub.refused[route]
            send(self, _CODES[code], b"", {"X-Error-Code": code})
        elif route == "endpoint" and path.rpartition("/")[2] not in self.hub.endpoints:
            send(self, 404, b"{}")
        else:
            send(self, 200, json.dumps(self._document(route, path)).encode())

    def log_message(self, *_: object) -> None:
        """Nothing on the test's stderr."""

    def _route(self, path: str) -> str:
        model = f"/api/models/{self.hub.repository}"
        exact = {"/api/whoami-v2": "whoami", f"{model}/auth-check": "auth-check"}
        if path in exact:
            return exact[path]
        if path.startswith(f"{model}/revision/"):
            return "model"
        return "hardware" if path.startswith("/v2/provider/") else "endpoint"

    def _fail(self, failure: Failure | Refusal) -> None:
        if failure not in ("throttled", "denied", "not-accepted"):
            fail(self, failure, self.hub.closing)
            return
        # What must not show up anywhere is in the body and in the header that the client quotes.
        said = f"refused {self.headers['Authorization']}"
        headers = {"X-Error-Message": said}
        if failure == "not-accepted":
            headers = {"X-Error-Message": "Invalid credentials in Authorization header"}
        send(self, _STATUS[failure], json.dumps({"error": said}).encode(), headers)

    def _document(self, route: str, path: str) -> object:
        match route:
            case "whoami":
                return {"type": "user", "name": "ada"}
            case "auth-check":
                return {}
            case "model":
                return self._model()
            case "hardware":
                places = {"us-east-1": self.hub.computes, "eu-west-1": self.hub.elsewhere}
                regions = [{"name": name, "computes": rows} for name, rows in places.items()]
                return {"vendors": [{"name": "aws", "regions": regions}]}
            case _:
                return self.hub.endpoints[path.rpartition("/")[2]]

    def _model(self) -> dict[str, object]:
        siblings = [{"rfilename": name, "size": size} for name, size in self.hub.files.items()]
        tags = [f"license:{self.hub.licence}"] if self.hub.licence else []
        return {
            "id": self.hub.repository,
            "sha": self.hub.revision,
            "gated": self.hub.gated,
            "tags": tags,
            "siblings": siblings,
        }
