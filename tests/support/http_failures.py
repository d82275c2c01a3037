"""Ways in which an HTTP server fails whatever it serves."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler
from typing import Literal, get_args

Failure = Literal["stall", "trickle", "close", "cut", "garbage", "empty", "foreign", "server-error"]
FAILURES: tuple[Failure, ...] = get_args(Failure)


def fail(handler: BaseHTTPRequestHandler, failure: Failure, closing: threading.Event) -> None:
    """Answer one request so; `closing` ends what would last for ever."""
    match failure:
        case "stall":
            closing.wait(120)
        case "trickle":
            _trickle(handler, closing)
        case "close":
            pass
        case "cut":
            send(handler, 200, b'{"Quota": {', length=1000)
        case "garbage":
            send(handler, 200, bytes(range(1, 200)))
        case "empty":
            send(handler, 200, b"")
        case "foreign":
            send(handler, 200, _foreign(handler))
        case "server-error":
            send(handler, 500, b"<Response><Errors/></Response>")
    if failure in ("stall", "trickle", "close", "cut"):
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)


def send(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    headers: dict[str, str] | None = None,
    *,
    length: int | None = None,
) -> None:
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body)


def _foreign(handler: BaseHTTPRequestHandler) -> bytes:
    """A good document about something else, as a captive portal answers."""
    if handler.headers.get("Content-Type", "").startswith("application/x-www-form"):
        return b"<html><head><title>Sign in</title></head><body/></html>"
    return b'{"portal": "sign in"}'


def _trickle(handler: BaseHTTPRequestHandler, closing: threading.Event) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    try:
        while not closing.wait(0.05):
            handler.wfile.write(b" ")
    except OSError:
        pass
