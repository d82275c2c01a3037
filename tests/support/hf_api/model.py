"""What the fake API holds and how it behaves."""

from __future__ import annotations

import copy
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.hf_api.contract import CREATE_ONLY, kept
from tests.support.hf_api.faults import Fault

TOKEN = "hf_TestTokenNeverToBeSeen0123456789"
_START = ("pending", "initializing", "running")
_CHANGE = ("updating", "running")
_HIDDEN = "*****"


class RefusalError(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, message: str) -> None:
        self.status, self.message = status, message
        super().__init__(message)


@dataclass(frozen=True)
class Call:
    """One request that arrived."""

    method: str
    path: str
    body: dict[str, Any] | None

    @property
    def changes(self) -> bool:
        return self.method != "GET"


@dataclass
class Endpoint:
    """One endpoint; `ahead` are the states that it goes through, one at each look."""

    raw: dict[str, Any]
    ahead: list[str]
    serial: int


@dataclass
class FakeApi:
    """Set its fields at any time; `url` is set while it runs."""

    token: str = TOKEN
    user: str = "acme"
    broken: set[str] = field(default_factory=set[str])
    """Model repositories, image URLs or tags with which an endpoint does not start."""
    slow: int = 0
    """Further looks that a start or a change takes."""
    quota: int = 64
    """Accelerators of the namespace; a paused endpoint uses none."""
    unavailable: set[str] = field(default_factory=set[str])
    """Instance types that are not to be had."""
    log_text: str = "- 2026-11-22T10:00:00Z Traceback: CUDA out of memory"
    faults: list[Fault] = field(default_factory=list[Fault])
    watch: Callable[[Call, str], None] = lambda call, phase: None
    """Called with `before` and `after` around each request's effect."""
    calls: list[Call] = field(default_factory=list[Call])
    dropped: list[str] = field(default_factory=list[str])
    """Fields that were sent and are not declared."""
    most_billed: int = 0
    deaf: bool = False
    """Containers answer their health check and no chat."""
    asked: list[str] = field(default_factory=list[str])
    """Models that chats have asked for."""
    url: str = ""
    serving: str = ""
    """Address of endpoints, set by a test that serves them itself; empty: below `url`."""
    endpoints: dict[tuple[str, str], Endpoint] = field(
        default_factory=dict[tuple[str, str], Endpoint]
    )
    lock: threading.RLock = field(default_factory=threading.RLock)
    _serial: int = 0

    def names(self) -> list[str]:
        return sorted(name for _, name in self.endpoints)

    def billed(self) -> list[str]:
        """Names of what costs money now."""
        free = ("paused", "scaledToZero", "failed")
        return [n for (_, n), e in self.endpoints.items() if e.raw["status"]["state"] not in free]

    def raw(self, name: str) -> dict[str, Any]:
        return next(e.raw for (_, found), e in self.endpoints.items() if found == name)

    def move(self, name: str, state: str) -> None:
        """Put an endpoint into a state, as its own life or a person would."""
        endpoint = next(e for (_, found), e in self.endpoints.items() if found == name)
        endpoint.ahead = []
        endpoint.raw["status"]["state"] = state
        self._tick(endpoint)

    def listed(self, namespace: str) -> list[dict[str, Any]]:
        with self.lock:
            return [
                self._shown(e) for (owner, _), e in self.endpoints.items() if owner == namespace
            ]

    def look(self, namespace: str, name: str) -> dict[str, Any]:
        with self.lock:
            endpoint = self._found(namespace, name)
            if endpoint.ahead:
                endpoint.raw["status"]["state"] = endpoint.ahead.pop(0)
                self._tick(endpoint)
            return self._shown(endpoint)

    def create(self, namespace: str, body: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            wanted = kept(copy.deepcopy(body), self.dropped)
            self._refuse_wrong(namespace, wanted)
            self._serial += 1
            made = self._now()
            name = wanted["name"]
            raw = {
                "tags": [],
                "cacheHttpResponses": False,
                "privateService": None,
                "route": None,
                **wanted,
                "accountId": None,
                "healthRoute": "/health",
                "status": {
                    "state": "pending",
                    "message": "Endpoint waiting to be scheduled",
                    "createdAt": made,
                    "updatedAt": made,
                    "readyReplica": 0,
                    "targetReplica": wanted["compute"]["scaling"]["minReplica"],
                },
            }
            raw["compute"]["scaling"].setdefault("measure", {"hardwareUsage": 80})
            raw["model"].setdefault("task", "text-generation")
            endpoint = Endpoint(raw, [], self._serial)
            self.endpoints[namespace, name] = endpoint
            self._go(endpoint, _START)
            self.most_billed = max(self.most_billed, len(self.billed()))
            return self._shown(endpoint)

    def change(self, namespace: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            endpoint = self._found(namespace, name)
            wanted = kept(copy.deepcopy(body), self.dropped)
            fixed = [field for field in CREATE_ONLY if _leaf(wanted, field) is not None]
            if fixed:
                raise RefusalError(422, f"{fixed[0]} cannot be changed")
            image, now = _leaf(wanted, "model.image"), endpoint.raw["model"]["image"]
            if image and image.keys() != now.keys():
                raise RefusalError(422, "the engine of an endpoint cannot be changed")
            self._refuse_taken_domain(namespace, name, wanted)
            for group in ("compute", "model"):
                if group in wanted:
                    _merge(endpoint.raw[group], wanted[group])
            endpoint.raw["route"] = {**(endpoint.raw["route"] or {}), **wanted.get("route", {})}
            for whole in ("tags", "cacheHttpResponses"):
                if whole in wanted:
                    endpoint.raw[whole] = wanted[whole]
            if endpoint.raw["status"]["state"] != "paused":
                self._go(endpoint, _CHANGE)
            self._tick(endpoint)
            return self._shown(endpoint)

    def pause(self, namespace: str, name: str) -> dict[str, Any]:
        return self._put_into(namespace, name, "paused")

    def sleep(self, namespace: str, name: str) -> dict[str, Any]:
        return self._put_into(namespace, name, "scaledToZero")

    def resume(self, namespace: str, name: str) -> dict[str, Any]:
        with self.lock:
            endpoint = self._found(namespace, name)
            if endpoint.raw["status"]["state"] == "running":
                raise RefusalError(400, "Endpoint is already running")
            self._go(endpoint, _START[1:])
            return self._shown(endpoint)

    def delete(self, namespace: str, name: str) -> None:
        with self.lock:
            self._found(namespace, name)
            del self.endpoints[namespace, name]

    def _put_into(self, namespace: str, name: str, state: str) -> dict[str, Any]:
        with self.lock:
            endpoint = self._found(namespace, name)
            endpoint.ahead = []
            endpoint.raw["status"]["state"] = state
            self._tick(endpoint)
            return self._shown(endpoint)

    def _found(self, namespace: str, name: str) -> Endpoint:
        try:
            return self.endpoints[namespace, name]
        except KeyError:
            raise RefusalError(404, f"Endpoint '{name}' not found") from None

    def _go(self, endpoint: Endpoint, states: tuple[str, ...]) -> None:
        """Begin a way through `states`; with a broken part it ends in failure."""
        raw = endpoint.raw
        image = next(iter(raw["model"]["image"].values()))
        parts = {raw["model"]["repository"], image.get("url"), *raw["tags"]}
        bad = "updateFailed" if states is _CHANGE else "failed"
        last = bad if parts & self.broken else states[-1]
        endpoint.ahead = [*states[1:-1], *[states[-2]] * self.slow, last]
        raw["status"]["state"] = states[0]

    def _tick(self, endpoint: Endpoint) -> None:
        status = endpoint.raw["status"]
        self._serial += 1
        status["updatedAt"] = self._now()
        up = status["state"] == "running"
        status["readyReplica"] = endpoint.raw["compute"]["scaling"]["minReplica"] if up else 0
        if up:
            status["url"] = self.serving or f"{self.url}/serving/{endpoint.serial}"
        if status["state"] in ("failed", "updateFailed"):
            status["message"] = "Endpoint failed to start"

    def _now(self) -> str:
        """A time of its own for every event."""
        minutes, seconds = divmod(self._serial, 60)
        hours, minutes = divmod(minutes, 60)
        return f"2026-11-22T{hours % 24:02}:{minutes:02}:{seconds:02}.000Z"

    def _shown(self, endpoint: Endpoint) -> dict[str, Any]:
        """As the API answers: registry credentials redacted, secrets of the container not."""
        raw = copy.deepcopy(endpoint.raw)
        image = next(iter(raw["model"]["image"].values()))
        if "credentials" in image:
            image["credentials"] = {"username": _HIDDEN, "password": _HIDDEN}
        return raw

    def _refuse_wrong(self, namespace: str, body: dict[str, Any]) -> None:
        name = body.get("name", "")
        if not re.fullmatch("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?", name):
            raise RefusalError(400, "name must have 1 to 32 lower-case letters, digits or -")
        if (namespace, name) in self.endpoints:
            raise RefusalError(409, f"Endpoint '{name}' already exists")
        kind = body["compute"]["instanceType"]
        if kind in self.unavailable:
            raise RefusalError(400, f"instance {kind} is not available in this region")
        needed = int(body["compute"]["instanceSize"].removeprefix("x"))
        used = sum(
            int(e.raw["compute"]["instanceSize"].removeprefix("x"))
            for e in self.endpoints.values()
            if e.raw["status"]["state"] != "paused"
        )
        if used + needed > self.quota:
            raise RefusalError(403, "accelerator quota exceeded for this namespace")
        self._refuse_taken_domain(namespace, name, body)

    def _refuse_taken_domain(self, namespace: str, name: str, body: dict[str, Any]) -> None:
        domain = _leaf(body, "route.domain")
        for (_, other), endpoint in self.endpoints.items():
            if domain and other != name and _leaf(endpoint.raw, "route.domain") == domain:
                raise RefusalError(409, f"domain {domain} is used by another endpoint")


def _leaf(body: dict[str, Any], path: str) -> Any:
    found: Any = body
    for step in path.split("."):
        found = (found or {}).get(step)
    return found


def _merge(into: dict[str, Any], new: dict[str, Any]) -> None:
    """`scaling` field by field, everything else as a whole."""
    for name, value in new.items():
        if name == "scaling":
            into[name].update(value)
        else:
            into[name] = value
