"""A plain FastAPI handler that streams chat completion chunks, one SSE event a token.

Written as the FastAPI guide shows it: a pydantic body, a StreamingResponse over an async
generator. It stands for what a first own server costs. `--uds PATH --pace SECONDS`.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncIterator

from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from benchmarks.peers.http_source import paced_tokens, serve


class Message(BaseModel):
    role: str
    content: str


class ChatRequest(BaseModel):
    model: str
    messages: list[Message]
    max_tokens: int = 16
    temperature: float = 1.0
    stream: bool = False


def create_app(pace: float) -> FastAPI:
    app = FastAPI()

    @app.get("/health/ready")
    async def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.post("/v1/chat/completions")
    async def chat(request: ChatRequest) -> StreamingResponse:
        return StreamingResponse(_events(request, pace), media_type="text/event-stream")

    return app


async def _events(request: ChatRequest, pace: float) -> AsyncIterator[str]:
    head = {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": request.model,
    }

    def event(delta: dict[str, str], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return f"data: {json.dumps({**head, 'choices': [choice]})}\n\n"

    yield event({"role": "assistant"})
    async for token in paced_tokens(request.max_tokens, pace):
        yield event({"content": token})
    yield event({}, "length")
    yield "data: [DONE]\n\n"


if __name__ == "__main__":
    serve(create_app)
