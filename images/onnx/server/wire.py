"""The outermost ASGI layer: request ids, one log line per request, the drain's last word."""

from __future__ import annotations

import re
import time
import uuid
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .logs import log, request_id
from .service import Service

_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_RAW_SEND = "slipway.send"
_LOG_FIELDS = "slipway.fields"
_QUIET = ("/health/live", "/health/ready", "/metrics")


def raw_send(scope: Scope, send: Send) -> Send:
    """The server's own `send`, past the wrappers of every layer in between.

    Those see the start of the response; the bytes of each token need none of them.
    """
    return scope.get(_RAW_SEND, send)


def log_fields(scope: Scope) -> dict[str, Any]:
    """What the request's log line says beside method, path, status and time."""
    return scope.setdefault(_LOG_FIELDS, {})


class Wire:
    """Accepts or makes `x-request-id`, echoes it, and logs how the request ended."""

    def __init__(self, app: ASGIApp, service: Service):
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        current = _incoming_id(scope) or uuid.uuid4().hex
        token = request_id.set(current)
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message["headers"], (b"x-request-id", current.encode())]
                if self._service.is_draining:
                    headers = [h for h in headers if h[0] != b"connection"]
                    headers.append((b"connection", b"close"))
                message = {**message, "headers": headers}
            await send(message)

        scope[_RAW_SEND] = send
        scope[_LOG_FIELDS] = fields = dict[str, Any]()
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            if scope["path"] not in _QUIET or status >= 500:
                elapsed = round(time.monotonic() - started, 4)
                line = {"method": scope["method"], "path": scope["path"], "status": status}
                log.info("request", extra={"fields": {**line, "seconds": elapsed, **fields}})
            request_id.reset(token)


def _incoming_id(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            text = value.decode("latin-1")
            return text if _REQUEST_ID.fullmatch(text) else None
    return None
