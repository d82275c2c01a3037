"""One command at a time changes the cluster; another is refused with the holder named."""

from __future__ import annotations

import socket
import struct
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tools.bootstrap.errors import ToolError

_NAME = "\0slipway-cluster"
"""An abstract socket: the kernel frees it with its owner, and no file stays behind."""


@contextmanager
def alone() -> Generator[None]:
    """Raise ToolError where another process of this machine is in such a block."""
    with socket.socket(socket.AF_UNIX) as held:
        try:
            held.bind(_NAME)
        except OSError as error:
            raise ToolError(f"another command is changing the cluster: {_holder()}") from error
        held.listen()
        yield


def _holder() -> str:
    with socket.socket(socket.AF_UNIX) as asking:
        try:
            asking.connect(_NAME)
        except OSError:
            return "it has just ended; run the same command again"
        credentials = asking.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    pid, _, _ = struct.unpack("3i", credentials)
    return f"process {pid} in {_working_directory(pid)}"


def _working_directory(pid: int) -> str:
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return "an unknown folder"
