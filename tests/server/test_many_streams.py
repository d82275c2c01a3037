"""More streams than a model on a small machine could feed."""

from __future__ import annotations

import asyncio
import json

import httpx2

from tests.support.server_process import MODEL, PACED, ServerProcess, server

STREAMS = 120
TOKENS = 20


async def read_all(running: ServerProcess) -> list[tuple[str, int]]:
    transport = httpx2.AsyncHTTPTransport(
        uds=str(running.socket), limits=httpx2.Limits(max_connections=STREAMS)
    )
    async with httpx2.AsyncClient(transport=transport, timeout=60) as client:
        return await asyncio.gather(*(read(client) for _ in range(STREAMS)))


async def read(client: httpx2.AsyncClient) -> tuple[str, int]:
    """The stream's last line and the tokens that its usage event counts."""
    body = {"model": MODEL, "prompt": "a", "max_tokens": TOKENS, "stream": True}
    body["stream_options"] = {"include_usage": True}
    async with client.stream("POST", "http://server/v1/completions", json=body) as response:
        lines = [line async for line in response.aiter_lines() if line]
    return lines[-1], json.loads(lines[-2].removeprefix("data: "))["usage"]["completion_tokens"]


def test_over_a_hundred_streams_at_once_all_end_complete() -> None:
    with server(PACED, tokens_per_second=10, max_concurrent=STREAMS, max_queue=0) as running:
        assert asyncio.run(read_all(running)) == [("data: [DONE]", TOKENS)] * STREAMS
        assert running.http.get("/v1/models").json()["data"][0]["owned_by"] == "paced-token-source"
