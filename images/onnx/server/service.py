"""Requests between the HTTP layer and the engine: admission, deadlines, drain."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from . import errors
from .engine import Engine, Output, QueueFullError
from .generation import Generation
from .metrics import QUEUE_FULL, Metrics
from .settings import Settings
from .streams import TokenStream


class Service:
    """Lives on the event loop."""

    def __init__(self, engine: Engine, settings: Settings):
        self.engine = engine
        self.settings = settings
        self.metrics = Metrics(engine, settings.model_name)
        self.is_draining = False
        self.settled = asyncio.Event()
        """Set when the engine failed, or when draining has nothing left to wait for."""
        self._streams: dict[TokenStream, asyncio.TimerHandle] = {}

    def connect(self) -> None:
        """Start the engine, and be the receiver of its outputs on the running event loop."""
        loop = asyncio.get_running_loop()

        def deliver(outputs: Sequence[Output]) -> None:
            self.metrics.observe(outputs)
            loop.call_soon_threadsafe(self._dispatch, outputs)

        def notify() -> None:
            loop.call_soon_threadsafe(self._settle)

        self._loop = loop
        self.engine.start()
        self.engine.connect(deliver, notify)

    @property
    def is_live(self) -> bool:
        stuck = self.engine.stalled_seconds() > self.settings.stall
        return self.engine.state != "failed" and not stuck

    @property
    def is_ready(self) -> bool:
        return self.engine.state == "ready" and not self.is_draining and self.is_live

    def check_accepting(self) -> None:
        """Raises ApiError 503 while loading, draining or failed."""
        if self.is_draining:
            raise errors.draining()
        if self.engine.state == "loading":
            raise errors.loading()
        if self.engine.state != "ready":
            raise errors.engine_failed()

    def open(self, generation: Generation) -> TokenStream:
        """Hand a request to the engine. Raises ApiError 429 or 503. Pair with `close`."""
        self.check_accepting()
        stream = TokenStream(generation, self._loop)
        try:
            self.engine.submit(generation)
        except QueueFullError:
            self.metrics.refused(QUEUE_FULL)
            raise errors.queue_full() from None
        timeout = self.settings.request_timeout
        expiry = self._loop.call_later(timeout, stream.fail, errors.request_timeout(timeout))
        self._streams[stream] = expiry
        return stream

    def close(self, stream: TokenStream) -> None:
        """Free whatever the request still holds."""
        stream.generation.cancelled = True
        self._streams.pop(stream).cancel()
        self._settle()

    async def drain(self) -> None:
        """Refuse new requests, let accepted ones end, cut off those over the limit.

        Returns when every answer is written.
        """
        self.is_draining = True
        self._settle()
        try:
            await asyncio.wait_for(self.settled.wait(), self.settings.drain)
        except TimeoutError:
            for stream in list(self._streams):
                stream.fail(errors.drain_deadline())
            await self.settled.wait()

    def _dispatch(self, outputs: Sequence[Output]) -> None:
        for output in outputs:
            stream = output.generation.sink
            assert isinstance(stream, TokenStream)
            if output.finish_reason == "error":
                stream.fail(errors.engine_failed())
            else:
                stream.push(output)

    def _settle(self) -> None:
        if not self._streams and (self.is_draining or self.engine.state == "failed"):
            self.settled.set()
