"""The bytes of the mock's answers: chat completions as OpenAI's API streams them."""

from __future__ import annotations

import json
from typing import Any

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"
DONE = b"data: [DONE]\n\n"


def chunk(data: bytes) -> bytes:
    """One chunk of HTTP's chunked coding."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def answer(status: str, body: dict[str, Any]) -> bytes:
    """A whole answer that is no stream."""
    content = json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\n"
    return head.encode() + b"content-length: %d\r\n\r\n%s" % (len(content), content)


def event(number: int, delta: dict[str, Any], **more: Any) -> bytes:
    """One server-sent event of answer `number`."""
    choice = {"index": 0, "delta": delta, "finish_reason": None}
    return _event(number, choices=[choice | more.pop("choice", {})], **more)


def usage_event(number: int, prompt: int, completion: int) -> bytes:
    return _event(number, choices=[], usage=usage(prompt, completion))


def usage(prompt: int, completion: int) -> dict[str, int]:
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }


def _event(number: int, **fields: Any) -> bytes:
    body = {
        "id": f"chatcmpl-{number}",
        "object": "chat.completion.chunk",
        "created": 1764547200,
        "model": "mock",
        **fields,
    }
    return b"data: " + json.dumps(body, separators=(",", ":")).encode() + b"\n\n"
