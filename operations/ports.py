"""Who listens on a TCP port of this machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_LISTEN = "0A"


@dataclass(frozen=True)
class Listener:
    """A process that listens; pid and program are None where they belong to another user."""

    pid: int | None
    program: str | None


def listeners(port: int) -> list[Listener]:
    """Processes that listen on `port`, on any address."""
    sockets = _listening_sockets(port)
    if not sockets:
        return []
    found = [
        Listener(int(process.name), _program(process))
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and not sockets.isdisjoint(_open_sockets(process))
    ]
    return found or [Listener(None, None)]


def _listening_sockets(port: int) -> set[str]:
    inodes: set[str] = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            fields = row.split()
            if fields[3] == _LISTEN and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    return inodes


def _open_sockets(process: Path) -> set[str]:
    links: set[str] = set()
    try:
        for descriptor in (process / "fd").iterdir():
            links.add(str(descriptor.readlink()))
    except OSError:
        pass  # another user's, or gone meanwhile
    return links


def _program(process: Path) -> str | None:
    try:
        return (process / "comm").read_text().strip()
    except OSError:
        return None
