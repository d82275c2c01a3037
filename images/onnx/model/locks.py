"""One builder at a time per key; the lock goes with the process, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from images.onnx.model.request import Progress

REPORT_SECONDS = 10.0


@contextmanager
def exclusive(path: Path, progress: Progress, what: str) -> Generator[None]:
    """Hold `path` by flock; while another process holds it, say so and wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _wait(handle, progress, what)
        os.truncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, progress: Progress, what: str) -> None:
    reported = float("-inf")
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() - reported >= REPORT_SECONDS:
                owner = os.pread(handle, 20, 0).decode() or "?"
                progress(f"waiting: process {owner} is {what}")
                reported = time.monotonic()
            time.sleep(0.2)
        else:
            return
