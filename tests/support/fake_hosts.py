"""The parts of GitHub's and GitLab's APIs that write comments and issues, with their content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.loopback_server import serving

BOT = {"login": "github-actions[bot]", "id": 41}
SOMEBODY = {"login": "somebody", "id": 7}


@dataclass
class Host:
    """What is kept there; a test may put anything in before."""

    heads: dict[int, str] = field(default_factory=dict[int, str])
    """Commits of pull requests."""
    comments: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    issues: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    tokens: set[str] = field(default_factory=set[str])
    asked: list[str] = field(default_factory=list[str])
    url: str = ""

    def bodies(self) -> list[str]:
        return [one["body"] for one in self.comments]


@contextmanager
def host() -> Iterator[Host]:
    here = Host()
    with serving(_Handler, host=here) as url:
        here.url = url
        yield here


class _Handler(BaseHTTPRequestHandler):
    host: Host

    def do_GET(self) -> None:
        path, asked = self._path()
        if path == "/user":
            return self._send(BOT)
        if found := re.fullmatch(r"/repos/o/r/pulls/(\d+)", path):
            head = self.host.heads.get(int(found[1]))
            return self._send({"head": {"sha": head}}) if head else self._refuse(404)
        kept = self.host.comments if path.endswith(("/comments", "/notes")) else self.host.issues
        shown = [one for one in kept if one.get("state", "open") == "open"]
        size, page = int(asked["per_page"][0]), int(asked["page"][0])
        return self._send(shown[size * (page - 1) : size * page])

    def do_POST(self) -> None:
        path, _ = self._path()
        kept = self.host.comments if path.endswith(("/comments", "/notes")) else self.host.issues
        number = len(kept) + 1
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        kept.append({**_new(number), "path": path, **body})
        self._send(kept[-1])

    def do_PATCH(self) -> None:
        path, _ = self._path()
        kept = self.host.issues if re.search(r"/issues/\d+$", path) else self.host.comments
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if body.get("state_event") == "close":
            body["state"] = "closed"
        one = next(one for one in kept if one["id"] == int(path.rpartition("/")[2]))
        one.update(body)
        self._send(one)

    do_PUT = do_PATCH  # noqa: N815

    def _path(self) -> tuple[str, dict[str, list[str]]]:
        parts = urlsplit(self.path)
        self.host.asked.append(f"{self.command} {parts.path}")
        given = self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization", "")
        self.host.tokens.add(given)
        return parts.path, parse_qs(parts.query)

    def _send(self, value: object) -> None:
        content = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _refuse(self, code: int) -> None:
        self.send_response(code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


def _new(number: int) -> dict[str, Any]:
    return {"id": number, "number": number, "iid": number, "user": BOT, "author": BOT}
