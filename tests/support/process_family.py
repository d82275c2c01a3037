"""SIGKILL of a process and of all that it has started."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

from providers.local.process_table import Process, ancestry, own_processes


def kill_family(pid: int) -> None:
    for process in _family(pid):
        try:
            os.kill(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _family(pid: int) -> Iterator[Process]:
    """`pid` first, so that nothing of it sees its children go; then all that descend from it."""
    table = own_processes()
    if pid in table:
        yield table[pid]
    for process in table.values():
        if process.pid != pid and any(each.pid == pid for each in ancestry(process, table)):
            yield process
