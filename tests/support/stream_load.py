"""Clients that keep a number of SSE streams open and check every one of them."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import httpx2

_LIMIT_SECONDS = 300.0


@dataclass
class Stream:
    """What one stream brought."""

    status: int | None = None
    text: str = ""
    tokens: int | None = None
    """Its own count, from the usage at its end."""
    finish: str | None = None
    done: bool = False
    error: str | None = None

    def whole(self, tokens: int) -> bool:
        """Whether it ended as it should: with all of `tokens`, or where the model stopped."""
        if self.finish == "stop":
            return self.done and 0 < (self.tokens or 0) <= tokens
        return self.done and self.tokens == tokens and self.finish == "length"


@dataclass
class StreamLoad:
    """While entered, `width` streams of `tokens` tokens are open; each is followed by another.

    On leaving, the running ones are awaited to their end.
    """

    base_url: str
    key: str
    model: str
    width: int
    tokens: int
    question: str = "Count."
    streams: list[Stream] = field(default_factory=list[Stream])

    def __enter__(self) -> StreamLoad:
        self._stop, self._open = threading.Event(), threading.Semaphore(0)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self._thread.start()
        for _ in range(self.width):
            assert self._open.acquire(timeout=_LIMIT_SECONDS), "not all streams were opened"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join(_LIMIT_SECONDS)

    @property
    def broken(self) -> list[Stream]:
        """Streams that were refused, cut or short of tokens."""
        return [stream for stream in self.streams if not stream.whole(self.tokens)]

    async def _run(self) -> None:
        limits = httpx2.Limits(max_connections=self.width)
        headers = {"Authorization": f"Bearer {self.key}"}
        async with httpx2.AsyncClient(
            headers=headers, limits=limits, timeout=_LIMIT_SECONDS
        ) as client:
            await asyncio.gather(*(self._one_after_another(client) for _ in range(self.width)))

    async def _one_after_another(self, client: httpx2.AsyncClient) -> None:
        first = True
        while first or not self._stop.is_set():
            stream = Stream()
            self.streams.append(stream)
            try:
                await self._follow(client, stream, announce=first)
            except httpx2.HTTPError as error:
                stream.error = f"{type(error).__name__}: {error}"
                self._open.release()
                await asyncio.sleep(0.2)
            first = False

    async def _follow(self, client: httpx2.AsyncClient, stream: Stream, *, announce: bool) -> None:
        body = {
            "model": self.model,
            "messages": [{"role": "user", "content": self.question}],
            "max_tokens": self.tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        url = f"{self.base_url}/chat/completions"
        async with client.stream("POST", url, json=body) as response:
            stream.status = response.status_code
            if response.status_code != 200:
                stream.error = (await response.aread()).decode()
            if announce:
                self._open.release()
            async for line in response.aiter_lines():
                if line.startswith("data: "):
                    _read(stream, line.removeprefix("data: "))


def _read(stream: Stream, data: str) -> None:
    if data == "[DONE]":
        stream.done = True
        return
    event: dict[str, Any] = json.loads(data)
    if event.get("error"):
        stream.error = str(event["error"])
    for choice in event.get("choices", []):
        stream.text += choice["delta"].get("content") or ""
        stream.finish = choice.get("finish_reason") or stream.finish
    if event.get("usage"):
        stream.tokens = event["usage"]["completion_tokens"]
