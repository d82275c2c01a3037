"""Running an app under uvicorn until SIGTERM, with a drain before the end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Generator

import uvicorn
from fastapi import FastAPI

from .listening import listen
from .logs import configure_logs, log
from .service import Service
from .settings import Settings

_CLOSE_SECONDS = 2
"""For connections to take the last bytes after every answer is written."""


def serve(app: FastAPI, settings: Settings) -> int:
    """Serve an app of `create_app` until SIGTERM or SIGINT; returns the exit status.

    On the signal readiness goes off, new requests get 503, running ones may end within
    `settings.drain`. Status 1: the address cannot be used or the engine failed; why is in the log.
    """
    configure_logs()
    with contextlib.ExitStack() as stack:
        try:
            sock = stack.enter_context(listen(settings))
        except OSError as error:
            log.error("cannot listen", extra={"fields": {"reason": str(error)}})
            return 1
        log.info("listening", extra={"fields": {"address": sock.getsockname()}})
        config = uvicorn.Config(
            app,
            loop="uvloop",
            http="httptools",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_CLOSE_SECONDS,
        )
        _Server(config, app.state.service).run(sockets=[sock])
    failure = app.state.service.engine.failure
    if failure is None:
        return 0
    explained = isinstance(failure, (ValueError, OSError))
    fields = {"fields": {"reason": str(failure)}}
    log.error("engine failed", extra=fields, exc_info=None if explained else failure)
    return 1


class _Server(uvicorn.Server):
    """uvicorn stops listening at once on a signal; this one answers until it is drained."""

    def __init__(self, config: uvicorn.Config, service: Service):
        super().__init__(config)
        self._service = service

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        loop = asyncio.get_running_loop()
        drain = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, drain.set)
        tasks = [
            loop.create_task(self._drain_on(drain)),
            loop.create_task(self._end_when_settled()),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()

    async def _drain_on(self, asked: asyncio.Event) -> None:
        await asked.wait()
        log.info("draining", extra={"fields": {"limit_seconds": self._service.settings.drain}})
        await self._service.drain()

    async def _end_when_settled(self) -> None:
        await self._service.settled.wait()
        self.should_exit = True
