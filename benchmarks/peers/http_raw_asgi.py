"""The least that uvicorn allows: a raw ASGI app that sends the same events, one a token.

No framework, no validation, the event's bytes joined by hand. `--uds PATH --pace SECONDS`.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks.peers.http_source import paced_tokens, serve

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


def create_app(pace: float) -> App:
    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["path"] == "/health/ready":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"ok"})
            return
        request = json.loads(await _body(receive))
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"text/event-stream")],
            }
        )
        head, tail = _event_parts(request["model"])
        await send(_part(head + b'{"role":"assistant"}' + tail))
        async for token in paced_tokens(request["max_tokens"], pace):
            await send(_part(head + b'{"content":' + json.dumps(token).encode() + b"}" + tail))
        await send(_part(head + b"{}" + tail.replace(b"null", b'"length"')))
        await send({"type": "http.response.body", "body": b"data: [DONE]\n\n"})

    return app


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _event_parts(model: str) -> tuple[bytes, bytes]:
    head = (
        f'data: {{"id":"chatcmpl-{uuid.uuid4().hex}","object":"chat.completion.chunk",'
        f'"created":{int(time.time())},"model":{json.dumps(model)},'
        '"choices":[{"index":0,"delta":'
    )
    return head.encode(), b',"finish_reason":null}]}\n\n'


def _part(body: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": True}


if __name__ == "__main__":
    serve(create_app)
