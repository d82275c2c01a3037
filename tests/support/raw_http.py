"""HTTP/1.1 written by hand: what a library would refuse to send, and answers as they came."""

from __future__ import annotations

import contextlib
import http.client
import socket
from dataclasses import dataclass

from tests.support.live_gateway import DEADLINE_SECONDS, KEY


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)

    def form(self) -> tuple[int, frozenset[tuple[str, str]], bytes]:
        """Status, headers and body, without what differs from request to request."""
        varying = {"date", "x-request-id", "connection"}
        kept = frozenset(header for header in self.headers if header[0] not in varying)
        return self.status, kept, self.body


def send_raw(port: int, request: bytes) -> Answer | None:
    """The answer to these bytes; None where the connection was closed without one."""
    with socket.create_connection(("127.0.0.1", port), DEADLINE_SECONDS) as connection:
        # A gateway that has read enough closes before all is sent; its answer is there already.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)
        method = request.partition(b" ")[0].decode("latin-1")
        response = http.client.HTTPResponse(connection, method=method)
        try:
            response.begin()
            return _answer(response)
        except (http.client.BadStatusLine, ConnectionResetError):
            return None


def call(
    port: int,
    method: str,
    path: str,
    *,
    key: str | None = KEY,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """One well-formed request on a connection of its own."""
    with open_call(port, method, path, key=key, body=body, headers=headers) as response:
        return _answer(response)


@contextlib.contextmanager
def open_call(
    port: int,
    method: str,
    path: str,
    *,
    key: str | None = KEY,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
):
    """A request whose answer is read by the caller, piece by piece."""
    sent = {} if key is None else {"authorization": f"Bearer {key}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE_SECONDS)
    with contextlib.closing(connection):
        connection.request(method, path, body=body, headers={**sent, **(headers or {})})
        yield connection.getresponse()


def _answer(response: http.client.HTTPResponse) -> Answer:
    headers = tuple((name.lower(), value) for name, value in response.getheaders())
    return Answer(response.status, headers, response.read())
