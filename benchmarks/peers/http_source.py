"""What both HTTP peers share: their token source and how uvicorn serves them."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import uvicorn


async def paced_tokens(count: int, pace: float) -> AsyncIterator[str]:
    """`count` short words, `pace` seconds apart; all ready at once where `pace` is 0."""
    for number in range(count):
        if pace:
            await asyncio.sleep(pace)
        yield f" w{number % 10}"


def serve(create_app: Callable[[float], Any]) -> None:
    """Serves `create_app(pace)` on a unix socket with uvicorn's fastest loop and parser."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--uds", required=True)
    parser.add_argument("--pace", type=float, required=True)
    given = parser.parse_args()
    uvicorn.run(
        create_app(given.pace),
        uds=given.uds,
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
    )
