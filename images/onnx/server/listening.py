"""The socket that a server listens on."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Generator
from pathlib import Path

from .settings import Settings

_BACKLOG = 1024
_OWNER_ONLY = 0o177


@contextlib.contextmanager
def listen(settings: Settings) -> Generator[socket.socket]:
    """A listening socket, unix or TCP; a unix socket's file is removed at the end.

    A dead server's socket file is replaced; a live one's raises OSError.
    """
    if settings.uds is None:
        with socket.create_server((settings.host, settings.port), backlog=_BACKLOG) as sock:
            yield sock
        return
    _remove_dead(settings.uds)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        previous = os.umask(_OWNER_ONLY)
        try:
            sock.bind(str(settings.uds))
        finally:
            os.umask(previous)
        sock.listen(_BACKLOG)
        inode = settings.uds.stat().st_ino
        try:
            yield sock
        finally:
            if settings.uds.exists() and settings.uds.stat().st_ino == inode:
                settings.uds.unlink()


def _remove_dead(path: Path) -> None:
    if not path.is_socket():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
            return
    raise OSError(f"{path}: another server listens on it")
