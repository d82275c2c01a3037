"""HTTP over a unix socket: supervisord, Envoy's admin interface and the replicas speak it."""

from __future__ import annotations

import http.client
import os
import socket
import xmlrpc.client
from pathlib import Path


class UnixConnection(http.client.HTTPConnection):
    """A connection to the socket at `path`, which may be longer than a socket's name can be."""

    def __init__(self, path: Path, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        # Through the folder's descriptor the name stays short, however deep the folder lies.
        folder = os.open(self._path.parent, os.O_PATH | os.O_DIRECTORY)
        try:
            self.sock.connect(f"/proc/self/fd/{folder}/{self._path.name}")
        finally:
            os.close(folder)


class UnixTransport(xmlrpc.client.Transport):
    """XML-RPC over a unix socket."""

    def __init__(self, path: Path, timeout: float) -> None:
        super().__init__()
        self._path, self._timeout = path, timeout

    def make_connection(self, host: object) -> http.client.HTTPConnection:
        return UnixConnection(self._path, self._timeout)


def request(
    socket_path: Path, method: str, target: str, *, timeout: float = 5.0
) -> tuple[int, bytes]:
    """Status and body. Raises OSError or http.client.HTTPException where nothing answers."""
    connection = UnixConnection(socket_path, timeout)
    try:
        connection.request(method, target)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def answers(socket_path: Path, target: str) -> bool:
    """Whether a GET of `target` gives 200 now."""
    try:
        return request(socket_path, "GET", target)[0] == 200
    except (OSError, http.client.HTTPException):
        return False
