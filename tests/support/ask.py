"""One request through a stack's gateway."""

from __future__ import annotations

import time
from typing import Any

import httpx2

_RECOVERY_SECONDS = 60.0


def ask(outputs: dict[str, Any], *, key: str = "default", tokens: int = 3) -> httpx2.Response:
    """A short completion with the key of that name."""
    return httpx2.post(
        f"{outputs['baseUrl']}/chat/completions",
        headers={"Authorization": f"Bearer {outputs['keys'][key]}"},
        json={
            "model": "paced",
            "messages": [{"role": "user", "content": "Count."}],
            "max_tokens": tokens,
        },
        timeout=30.0,
    )


def eventually(condition: Any, what: str) -> None:
    """Wait for `condition` to hold, at most a minute."""
    deadline = time.monotonic() + _RECOVERY_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.05)
