"""GET and HEAD with a time limit, and the one word for what went wrong."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message

_SECONDS = 20.0
_MOST_BYTES = 64 << 20


class UnansweredError(Exception):
    """A site that does not answer, or not with what was asked for."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Sites:
    """Where each host is reached; tests put a server of their own behind one."""

    addresses: Mapping[str, str] = field(default_factory=dict[str, str])
    """Host -> scheme and authority; others: https and the host itself."""

    def url(self, host: str, path: str) -> str:
        return self.addresses.get(host, f"https://{host}") + path


def ask(url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
    """Any status but a server's failure is an answer. Raises UnansweredError."""
    request = urllib.request.Request(url, method=method, headers=dict(headers or {}))  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
            body = response.read(_MOST_BYTES + 1)
            if len(body) > _MOST_BYTES:
                raise UnansweredError("an answer that is too long")
            return Answer(status=response.status, headers=response.headers, body=body)
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise UnansweredError(f"HTTP {error.code}") from error
        return Answer(status=error.code, headers=error.headers, body=b"")
    except OSError as error:
        raise UnansweredError(f"not reachable ({getattr(error, 'reason', error)})") from error
