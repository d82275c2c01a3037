"""Failures that a test orders."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Way = Literal["status", "delay", "truncate", "hang-up", "no-json", "no-field"]


@dataclass
class Fault:
    """One or several requests that go wrong."""

    method: str = ""
    """Empty: any."""
    path: str = ""
    """A regular expression, looked for in the path."""
    way: Way = "status"
    status: int = 500
    message: str = "Internal Server Error"
    headers: dict[str, str] = field(default_factory=dict[str, str])
    acted: bool = False
    """Whether the API did what it was asked before it failed."""
    skip: int = 0
    """Matching requests that go well first."""
    times: int = 1
    seconds: float = 0.0
    """Of a delay."""

    def strikes(self, method: str, path: str) -> bool:
        """Whether this request goes wrong; counts it."""
        if self.times <= 0 or self.method not in ("", method) or not re.search(self.path, path):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True
