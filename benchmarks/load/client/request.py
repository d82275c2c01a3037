"""The bytes of a request, made before the first one is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """A streamed chat completion."""

    at: float
    """Seconds from the start of the run."""
    wanted: int
    """Tokens of the answer."""
    body: bytes


def body(model: str, prompt: str, tokens: int, *, ignore_eos: bool, usage_per_event: bool) -> bytes:
    """`ignore_eos` and usage with every event are vLLM's extensions, which others have too."""
    fields: dict[str, Any] = {
        "model": model,
        "messages": [{"role": "user", "content": prompt}],
        "max_tokens": tokens,
        "temperature": 0,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if ignore_eos:
        fields["ignore_eos"] = True
    if usage_per_event:
        fields["stream_options"]["continuous_usage_stats"] = True
    return json.dumps(fields).encode()


def heads(base_url: str, keys: tuple[str, ...]) -> list[bytes]:
    """Of requests with each of the keys; `%d` stands for the length of the body."""
    url = urlsplit(base_url)
    lines = [
        f"POST {url.path.rstrip('/')}/chat/completions HTTP/1.1",
        f"host: {url.hostname if url.port is None else f'{url.hostname}:{url.port}'}",
        "accept: text/event-stream",
        "content-type: application/json",
    ]
    found: list[bytes] = []
    for key in keys or (None,):
        own = [f"authorization: Bearer {key}"] if key is not None else []
        text = "\r\n".join([*lines, *own]).replace("%", "%%")
        found.append(f"{text}\r\ncontent-length: %d\r\n\r\n".encode())
    return found
