"""A replica that writes down every request that reaches it and answers as it is told."""

from __future__ import annotations

import contextlib
import queue
import shutil
import socketserver
import tempfile
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

STREAM_HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
    b"server: replica\r\ntransfer-encoding: chunked\r\n\r\n"
)


@dataclass
class Request:
    line: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]


@dataclass
class RecordingBackend:
    """`mode`: `answer` (200), `limit` (429), `refuse` (503), `hang up` (no answer), `stream`.

    While it streams, each `say` is one event; `bodies` are answers to a GET by path.
    """

    socket: str
    name: str = "replica"
    ready: bool = True
    mode: str = "answer"
    requests: list[Request] = field(default_factory=list[Request])
    bodies: dict[str, bytes] = field(default_factory=dict[str, bytes])
    probes: int = 0
    hung_up: threading.Event = field(default_factory=threading.Event)
    """Set once a stream's reader was found gone."""
    words: queue.Queue[bytes | None] = field(default_factory=lambda: queue.Queue[bytes | None]())

    def say(self, word: bytes | None) -> None:
        """Send `word` on the open stream; None ends it well, an empty word breaks it off."""
        self.words.put(word)


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        backend: RecordingBackend = self.server.backend  # type: ignore[attr-defined]
        with contextlib.suppress(OSError):
            while (request := self._read()) is not None:
                self._answer(backend, request)

    def _read(self) -> Request | None:
        line = self.rfile.readline().decode("latin-1").rstrip("\r\n")
        if not line:
            return None
        headers: list[tuple[str, str]] = []
        while text := self.rfile.readline().decode("latin-1").rstrip("\r\n"):
            name, _, value = text.partition(":")
            headers.append((name.lower(), value.strip()))
        if ("transfer-encoding", "chunked") in headers:
            return Request(line, headers, b"".join(self._chunks()))
        length = sum(int(value) for name, value in headers if name == "content-length")
        return Request(line, headers, self.rfile.read(length) if length else b"")

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline(), 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _answer(self, backend: RecordingBackend, request: Request) -> None:
        if request.line.startswith("GET /health/ready"):
            backend.probes += 1
            self._send(200 if backend.ready else 503, b"{}")
            return
        backend.requests.append(request)
        method, path, _ = request.line.split(" ")
        if method == "GET" and path in backend.bodies:
            self._send(200, backend.bodies[path])
        elif backend.mode == "hang up":
            raise ConnectionAbortedError
        elif backend.mode == "limit":
            self._send(429, b'{"error": {"message": "limit"}}', b"retry-after: 7\r\n")
        elif backend.mode == "refuse":
            self._send(503, b'{"error": {"message": "draining"}}')
        elif backend.mode == "stream":
            self._stream(backend)
        else:
            self._send(200, b'{"from": "%s"}' % backend.name.encode())

    def _send(self, status: int, body: bytes, header: bytes = b"") -> None:
        self.wfile.write(
            b"HTTP/1.1 %d Status\r\ncontent-type: application/json\r\nserver: replica\r\n"
            b"%scontent-length: %d\r\n\r\n%s" % (status, header, len(body), body)
        )

    def _stream(self, backend: RecordingBackend) -> None:
        self.wfile.write(STREAM_HEAD)
        try:
            while (word := backend.words.get()) is not None:
                if not word:
                    raise ConnectionAbortedError
                event = b"data: %s\n\n" % word
                self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
            self.wfile.write(b"0\r\n\r\n")
        except BrokenPipeError:
            backend.hung_up.set()
            raise


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 256
    backend: RecordingBackend


class _TcpServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 256
    backend: RecordingBackend


@contextlib.contextmanager
def recording_backend(name: str = "replica") -> Generator[RecordingBackend]:
    """A backend on a short unix socket path of its own."""
    directory = Path(tempfile.mkdtemp(prefix="be-", dir="/tmp"))
    backend = RecordingBackend(str(directory / "s"), name)
    server = _Server(backend.socket, _Handler)
    server.backend = backend
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield backend
    finally:
        server.shutdown()
        server.server_close()
        shutil.rmtree(directory)


@contextlib.contextmanager
def tcp_backend(name: str) -> Generator[tuple[RecordingBackend, int]]:
    """A backend on a port of loopback, and the port."""
    backend = RecordingBackend("", name)
    with _TcpServer(("127.0.0.1", 0), _Handler) as server:
        server.backend = backend
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield backend, server.server_address[1]
        server.shutdown()
