"""A model hub on loopback: one repository, with refusals that a test sets."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.support.loopback_server import serving

REPOSITORY = "acme/tiny"
REVISION = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class FakeHub:
    """What the hub holds and how it answers; `url` is set while it runs."""

    files: dict[str, bytes]
    refuse: tuple[int, str] | None = None
    """Status and `X-Error-Code` of every answer."""
    refuse_downloads: tuple[int, str] | None = None
    """The same for files only: a gated repository still lists them."""
    damaged: set[str] = field(default_factory=set[str])
    """Files that arrive with other bytes than stated."""
    stall: dict[str, int] = field(default_factory=dict[str, int])
    """Bytes after which a download stops, once, until the hub is closed; then `stalled` is set."""
    stalled: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)
    tokens: list[str | None] = field(default_factory=list[str | None])
    """`Authorization` of every request."""
    downloads: list[str] = field(default_factory=list[str])
    """Names of the files that were asked for, in order."""
    url: str = ""


@contextmanager
def running(hub: FakeHub) -> Iterator[FakeHub]:
    """Serve `hub` until the block ends."""
    with serving(_Handler, hub=hub) as hub.url:
        try:
            yield hub
        finally:
            hub.closing.set()


class _Handler(BaseHTTPRequestHandler):
    hub: FakeHub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.hub.tokens.append(self.headers.get("Authorization"))
        if self.hub.refuse:
            self._refuse(self.hub.refuse)
        elif self.path.startswith(f"/api/models/{REPOSITORY}/revision/{REVISION}"):
            self._answer(json.dumps(self._listing()).encode(), {})
        elif self.path.startswith(f"/{REPOSITORY}/resolve/{REVISION}/"):
            name = self.path.rpartition("/")[2]
            if self.hub.refuse_downloads:
                self._refuse(self.hub.refuse_downloads)
            elif name in self.hub.files:
                self._file(name)
            else:
                self._refuse((404, "EntryNotFound"))
        else:
            self._refuse((404, "RepoNotFound"))

    def log_message(self, *_: object) -> None:
        """Nothing on the test's stderr."""

    def _listing(self) -> dict[str, object]:
        siblings: list[dict[str, object]] = []
        for name, content in self.hub.files.items():
            one: dict[str, object] = {"rfilename": name, "size": len(content)}
            if name.endswith((".safetensors", ".bin")):
                digest = hashlib.sha256(content).hexdigest()
                one["lfs"] = {"sha256": digest, "size": len(content), "pointerSize": 130}
            else:
                blob = b"blob %d\0" % len(content) + content
                one["blobId"] = hashlib.sha1(blob).hexdigest()
            siblings.append(one)
        return {"id": REPOSITORY, "sha": REVISION, "siblings": siblings, "tags": []}

    def _file(self, name: str) -> None:
        content = self.hub.files[name]
        etag = hashlib.sha256(content).hexdigest()
        if name in self.hub.damaged:
            content = bytes(len(content))
        headers = {"ETag": f'"{etag}"', "X-Repo-Commit": REVISION}
        if self.command == "GET":
            self.hub.downloads.append(name)
            self._answer(content, headers, limit=self.hub.stall.pop(name, None))
        else:
            self._answer(content, headers)

    def _answer(self, body: bytes, headers: dict[str, str], *, limit: int | None = None) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body[:limit])
        if limit is not None:
            self.wfile.flush()
            self.hub.stalled.set()
            self.hub.closing.wait(120)
            self.close_connection = True

    def _refuse(self, refusal: tuple[int, str]) -> None:
        status, code = refusal
        self.send_response(status)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()
