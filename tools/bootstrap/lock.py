"""One builder at a time: others wait for it and then find the work done."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tools.bootstrap.progress import say

_POLL_SECONDS = 0.5
_LINE_SECONDS = 5.0


@contextmanager
def exclusive(path: Path, what: str) -> Generator[None]:
    """Hold the lock file `path`; the kernel frees it when its owner dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        start = told = time.monotonic()
        while not _try(handle.fileno()):
            now = time.monotonic()
            if now - told >= _LINE_SECONDS:
                say(f"waiting for another run to finish {what} … {now - start:.0f} s")
                told = now
            time.sleep(_POLL_SECONDS)
        yield


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
