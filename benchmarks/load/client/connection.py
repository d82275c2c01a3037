"""One HTTP/1.1 connection that carries one request at a time and stamps what comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import cast

import httptools

from benchmarks.load.client.answer import Answer


class Connection(asyncio.Protocol):
    """Nothing is parsed but HTTP while an answer comes; `freed` is called when it has ended."""

    def __init__(self, freed: Callable[[Connection, Answer], None]) -> None:
        self._freed = freed
        self._answer: Answer | None = None
        self.open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._parser = httptools.HttpResponseParser(self)
        self.open = True

    def send(self, request: bytes, answer: Answer) -> None:
        self._answer = answer
        answer.sent = time.perf_counter()
        self._transport.write(request)

    def abandon(self) -> None:
        """Ends it without a word to anybody."""
        self._answer, self.open = None, False
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._now = time.perf_counter()
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._end(f"no HTTP: {error}")
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self.open = False
        self._end(f"the connection was lost{f': {exc}' if exc else ''}")

    def on_body(self, body: bytes) -> None:
        if self._answer:
            self._answer.pieces.append((self._now, body))

    def on_message_complete(self) -> None:
        if not self._parser.should_keep_alive():
            self.open = False
            self._transport.close()
        if self._answer:
            self._answer.status = self._parser.get_status_code()
        self._end(None)

    def _end(self, error: str | None) -> None:
        answer, self._answer = self._answer, None
        if answer:
            answer.ended = time.perf_counter()
            answer.error = error
            self._freed(self, answer)
