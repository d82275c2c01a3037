"""JSON of an API, page by page."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.bootstrap.errors import ToolError

PAGE = 100
_SECONDS = 30.0


@dataclass(frozen=True, kw_only=True)
class Api:
    url: str
    headers: dict[str, str]

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Raises ToolError with what the API said."""
        data = None if body is None else json.dumps(body).encode()
        headers = {**self.headers, "Content-Type": "application/json"}
        request = urllib.request.Request(  # noqa: S310 -- the API that the pipeline names
            f"{self.url}/{path}", data, headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                return json.load(answer)
        except urllib.error.HTTPError as error:
            said = error.read(2000).decode(errors="replace")
            raise ToolError(f"{method} {path}: HTTP {error.code}: {said}") from error
        except (urllib.error.URLError, OSError, ValueError) as error:
            raise ToolError(f"{method} {path}: {error}") from error

    def all(self, path: str) -> Iterator[dict[str, Any]]:
        """Every entry of a list."""
        sign = "&" if "?" in path else "?"
        page = 1
        while True:
            found = self.ask("GET", f"{path}{sign}per_page={PAGE}&page={page}")
            yield from found
            if len(found) < PAGE:
                return
            page += 1


def variable(name: str) -> str:
    """Of the pipeline; raises ToolError where it is not set."""
    value = os.environ.get(name)
    if not value:
        raise ToolError(f"${name} is not set: this runs in a pipeline")
    return value
