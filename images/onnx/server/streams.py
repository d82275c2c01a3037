"""The event loop's end of a generation: what the thread made, collected until it is written."""

from __future__ import annotations

import asyncio

from .engine import FinishReason, Output
from .errors import ApiError
from .generation import Generation


class Disconnected(Exception):  # noqa: N818 - an event, not an error
    """The client went away; there is nobody to answer."""


class TokenStream:
    """Texts of one answer in order. Used only on the event loop.

    A slow client loses nothing: texts pile up here and leave in one write.
    """

    def __init__(self, generation: Generation, loop: asyncio.AbstractEventLoop):
        self.generation = generation
        self.finish_reason: FinishReason | None = None
        self._loop = loop
        self._texts: list[str] = []
        self._error: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None
        generation.sink = self

    def push(self, output: Output) -> None:
        if output.text:
            self._texts.append(output.text)
        if output.finish_reason is not None:
            self.finish_reason = output.finish_reason
        if output.text or output.finish_reason is not None:
            self._wake()

    def fail(self, error: ApiError | Disconnected) -> None:
        """End the stream here and now, whatever the generation thread does."""
        self.generation.cancelled = True
        if self._error is None:
            self._error = error
            self._wake()

    async def ready(self) -> list[str]:
        """All texts since the last call, waiting for one, or for the end with none.

        `finish_reason` is set once the returned texts are the last. Raises ApiError or
        Disconnected where the answer cannot go on.
        """
        while not self._texts and self.finish_reason is None and self._error is None:
            self._waiter = self._loop.create_future()
            await self._waiter
        if self._error is not None:
            raise self._error
        texts, self._texts = self._texts, []
        return texts

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
