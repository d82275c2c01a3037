"""A release site on loopback with an archive of the real layout."""

from __future__ import annotations

import hashlib
import http.server
import io
import tarfile
import threading
from collections.abc import Sequence
from typing import Self

from tools.engine.kept import PROGRAMS
from tools.engine.release import Release, engine_release


class ReleaseSite:
    """Serves one release with its checksums; `tampered` makes the archive differ from them."""

    def __init__(
        self,
        release: Release | None = None,
        programs: Sequence[str] = PROGRAMS,
        *,
        tampered: bool = False,
    ) -> None:
        of = release or engine_release()
        content = _archive(programs)
        sums = f"{hashlib.sha256(content).hexdigest()}  {of.archive}\n"
        folder = f"/{of.repository}/releases/download/v{of.version}"
        files = {
            f"{folder}/{of.checksums}": sums.encode(),
            f"{folder}/{of.archive}": content + (b"x" if tampered else b""),
        }

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = files.get(self.path)
                self.send_response(404 if body is None else 200)
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                """Keep test output clean."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _archive(programs: Sequence[str]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name in programs:
            member = tarfile.TarInfo(f"pulumi/{name}")
            content = f"#!/bin/sh\necho {name}\n".encode()
            member.size, member.mode = len(content), 0o755
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()
