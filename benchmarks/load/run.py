"""One run: send, watch, count."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.load.client.answer import Answer
from benchmarks.load.client.client import Client, Target
from benchmarks.load.client.request import Request
from benchmarks.load.progress import show

GIVE_UP_SECONDS = 120.0


@dataclass(frozen=True, kw_only=True)
class Sent:
    answers: list[Answer]
    """In the order of the requests."""
    start: float
    """`time.perf_counter()` of second 0 of the requests."""
    cpu_seconds: float
    """Of this process while they ran."""


async def send(
    target: Target, requests: Sequence[Request], give_up_after: float = GIVE_UP_SECONDS
) -> Sent:
    """Sends all at their times and waits for their ends, `give_up_after` seconds at most."""
    _allow_many_connections()
    client, answers = Client(target, give_up_after), list[Answer]()
    watch = asyncio.create_task(show(answers, len(requests), lambda: client.running))
    # A collection would stand between an event and its stamp; a run makes few cycles.
    gc.collect()
    gc.freeze()
    gc.disable()
    cpu, start = time.process_time(), time.perf_counter()
    try:
        await client.run(requests, answers, start)
    finally:
        cpu = time.process_time() - cpu
        gc.enable()
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch
    return Sent(answers=answers, start=start, cpu_seconds=cpu)


def _allow_many_connections() -> None:
    """An open loop has as many connections as answers under way."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
