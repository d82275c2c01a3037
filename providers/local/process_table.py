"""This user's living processes, as /proc shows them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """One process; zombies are none."""

    pid: int
    parent: int
    name: str
    command: str
    folder: str
    """Its working directory."""


Table = dict[int, Process]


def own_processes() -> Table:
    """All of this user's processes, by pid."""
    found: Table = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (process := _process(entry)) is not None:
            found[process.pid] = process
    return found


def ancestry(process: Process, table: Table) -> Iterator[Process]:
    """The process, its parent, and so on up to the first that is not this user's."""
    current: Process | None = process
    while current is not None:
        yield current
        current = table.get(current.parent)


def environment(pid: int) -> list[bytes]:
    """`NAME=value` of a process; empty where it is gone."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _process(entry: Path) -> Process | None:
    try:
        if entry.stat().st_uid != os.getuid():
            return None
        before, _, rest = (entry / "stat").read_text().rpartition(")")
        state, parent = rest.split()[:2]
        if state in "ZX":
            return None
        command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        folder = str((entry / "cwd").readlink())
        return Process(
            int(entry.name), int(parent), before.partition("(")[2], command.strip(), folder
        )
    except OSError:
        return None  # ended meanwhile
