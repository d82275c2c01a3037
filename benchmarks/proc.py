"""CPU time and memory of another process (Linux)."""

from __future__ import annotations

import time
from pathlib import Path


def cpu_seconds(pid: int) -> float:
    """User and system time of all threads of `pid` so far, ended ones included, to the nanosecond.

    The same account as utime + stime of /proc/<pid>/stat, which the kernel shows only in steps of
    10 ms; the clock's number is what clock_getcpuclockid(3) makes of a process id.
    """
    return time.clock_gettime(~pid << 3 | 2)


def memory_mib(pid: int) -> float:
    """Resident memory of `pid` now, mapped files included."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(f"process {pid} has no memory: it has ended")
