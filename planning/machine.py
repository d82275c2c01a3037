"""What this machine has."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Machine:
    """Sizes in bytes; a container's limits count, not the host's."""

    memory_bytes: int
    """All of it, used or not: a running stack must not change its own plan."""
    cpus: int
    disk_free_bytes: int


def read_machine(path: Path) -> Machine:
    """This machine, with the free disk space of the file system that holds `path`."""
    return Machine(
        memory_bytes=min(_physical(), *_limits("memory.max", "memory/memory.limit_in_bytes")),
        cpus=len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1,
        disk_free_bytes=shutil.disk_usage(_existing(path)).free,
    )


def _physical() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _limits(*names: str) -> list[int]:
    """Limits of the control group (version 2 and 1); none outside a container."""
    files = [Path("/sys/fs/cgroup") / name for name in names]
    texts = [file.read_text().strip() for file in files if file.is_file()]
    return [int(text) for text in texts if text.isdecimal()] or [_physical()]


def _existing(path: Path) -> Path:
    return next(place for place in [path, *path.absolute().parents] if place.exists())
