"""Finding and ending the processes of one stack, and no others."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

from providers.local.run_directory import MARKER, RunDirectory


def of_stack(run: RunDirectory) -> list[int]:
    """This user's processes that carry the stack's mark in their environment."""
    wanted = f"{MARKER}={run.path}".encode()
    return [pid for pid in _own_processes() if wanted in _environment(pid)]


def end(pids: Iterable[int], *, grace_seconds: float) -> None:
    """Ask, wait, then kill; returns when none is left."""
    left = _signal(pids, signal.SIGTERM)
    deadline = time.monotonic() + grace_seconds
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = [pid for pid in left if alive(pid)]
    left = _signal(left, signal.SIGKILL)
    while left:
        time.sleep(0.02)
        left = [pid for pid in left if alive(pid)]


def alive(pid: int) -> bool:
    """Whether `pid` still runs; a zombie does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def _own_processes() -> list[int]:
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _owner(entry) == os.getuid():
            found.append(int(entry.name))
    return found


def _owner(entry: Path) -> int | None:
    try:
        return entry.stat().st_uid
    except OSError:
        return None


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _signal(pids: Iterable[int], number: signal.Signals) -> list[int]:
    reached: list[int] = []
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
        reached.append(pid)
    return reached
