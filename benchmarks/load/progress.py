"""One line about the run while it goes on."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Sequence

from benchmarks.load.client.answer import Answer


async def show(answers: Sequence[Answer], total: int, running: Callable[[], int]) -> None:
    """Until cancelled: once a second in place on a terminal, else every ten seconds a line."""
    terminal = sys.stderr.isatty()
    start = time.perf_counter()
    try:
        while True:
            await asyncio.sleep(1 if terminal else 10)
            print(
                line(answers, total, running(), time.perf_counter() - start),
                end="\r" if terminal else "\n",
                file=sys.stderr,
                flush=True,
            )
    finally:
        if terminal:
            print(file=sys.stderr)


def line(answers: Sequence[Answer], total: int, running: int, seconds: float) -> str:
    failed = sum(answer.error is not None for answer in answers)
    return (
        f"{seconds:5.0f} s  {len(answers)} of {total} sent, {running} under way, "
        f"{len(answers) - running - failed} answered, {failed} failed "
    )
