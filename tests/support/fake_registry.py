"""A registry with the token flow, and a chart repository, for `serving`."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

TOKEN = "anonymous-token"
REALM_PATH = "/token"


class FakeRegistry(BaseHTTPRequestHandler):
    """Tags by `<path>:<tag>`; whatever is asked without a token is refused first."""

    tags: dict[str, str] = {}  # noqa: RUF012 - the world of a test
    indexes: dict[str, str] = {}  # noqa: RUF012
    scopes: list[str] = []  # noqa: RUF012

    def do_HEAD(self) -> None:
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            realm = f"http://{self.headers['Host']}{REALM_PATH}"
            challenge = f'Bearer realm="{realm}",service="registry.test"'
            self._answer(401, b"", {"WWW-Authenticate": challenge})
            return
        path, _, tag = self.path.removeprefix("/v2/").partition("/manifests/")
        digest = self.tags.get(f"{path}:{tag}")
        self._answer(404 if digest is None else 200, b"", {"Docker-Content-Digest": digest or ""})

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == REALM_PATH:
            self.scopes.append(parse_qs(parts.query)["scope"][0])
            self._answer(200, json.dumps({"token": TOKEN}).encode(), {})
        elif parts.path in self.indexes:
            self._answer(200, self.indexes[parts.path].encode(), {})
        else:
            self._answer(404, b"", {})

    def log_message(self, *_: object) -> None:
        """Keep test output clean."""

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
