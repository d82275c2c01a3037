"""Finding and ending the processes of one stack, and no others."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

from providers.local.process_table import ancestry, environment, own_processes
from providers.local.run_directory import MARKER, RunDirectory


def of_stack(run: RunDirectory) -> list[int]:
    """This user's processes that carry the stack's mark in their environment."""
    wanted = f"{MARKER}={run.path}".encode()
    return [pid for pid in own_processes() if wanted in environment(pid)]


def unsupervised(run: RunDirectory, supervisor: int) -> list[int]:
    """Those of the stack that `supervisor` (a pid) did not start: builds of a killed run."""
    table = own_processes()
    return [
        pid
        for pid in of_stack(run)
        if pid in table and all(owner.pid != supervisor for owner in ancestry(table[pid], table))
    ]


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


def _signal(pids: Iterable[int], number: signal.Signals) -> list[int]:
    reached: list[int] = []
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
        reached.append(pid)
    return reached
