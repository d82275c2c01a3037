"""A server over TLS on this machine that stands for an endpoint's own address: it records who asks
what and with which credential, and streams at a test's pace."""

from __future__ import annotations

import json
import queue
import ssl
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from components.specs import TlsSpec
from providers.local import certificate

BASE = "/serving/7"
"""Path of the endpoint below its host."""


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    host: str
    authorization: str | None
    server_name: str | None


@dataclass
class TlsUpstream:
    """`authorities` is the bundle that its certificate is verified against."""

    authorities: str
    token: str
    also: str | None = None
    """A second token that it takes."""
    port: int = 0
    asked: list[Asked] = field(default_factory=list[Asked])
    events: queue.SimpleQueue[bytes | None] = field(default_factory=queue.SimpleQueue[bytes | None])
    """Of the stream that is open; None ends it."""

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}{BASE}"


@contextmanager
def tls_upstream(folder: Path, token: str) -> Generator[TlsUpstream]:
    """`folder` gets its certificate, which names `localhost` and is its own authority."""
    certificate.ensure(folder, TlsSpec(certificate=None, private_key=None), "127.0.0.1")
    upstream = TlsUpstream(authorities=str(folder / "tls.crt"), token=token)
    names: dict[int, str | None] = {}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.crt", folder / "tls.key")
    context.sni_callback = lambda connection, name, _: names.update({id(connection): name})
    handler = type("Handler", (_Handler,), {"upstream": upstream, "names": names})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    upstream.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield upstream
    finally:
        upstream.events.put(None)
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    upstream: TlsUpstream
    names: dict[int, str | None]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, *_: object) -> None:
        """Nothing on the test's stderr."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        given = self.headers.get("Authorization")
        self.upstream.asked.append(
            Asked(
                self.command,
                self.path,
                self.headers["Host"],
                given,
                self.names.get(id(self.connection)),
            )
        )
        if given not in (f"Bearer {self.upstream.token}", f"Bearer {self.upstream.also}"):
            self._answer(401, {"error": "Unauthorized"})
        elif json.loads(body or b"{}").get("stream"):
            self._stream()
        else:
            message = {"role": "assistant", "content": "Hello"}
            self._answer(200, {"choices": [{"index": 0, "message": message}]})

    def _answer(self, status: int, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while (event := self.upstream.events.get()) is not None:
            data = b"data: " + event + b"\n\n"
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")
