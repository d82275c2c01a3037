"""Free disk, checked before anything that needs much of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.bootstrap.errors import ToolError

GIGABYTE = 10**9


def require_free(directory: Path, gigabytes: float, purpose: str) -> None:
    """Raise ToolError unless the file system of `directory` has `gigabytes` free."""
    free = shutil.disk_usage(directory).free / GIGABYTE
    if free < gigabytes:
        raise ToolError(
            f"{purpose} needs {gigabytes:.1f} GB free at {directory}, there are {free:.1f} GB.\n"
            "Free some space, or put the cache on a larger disk: XDG_CACHE_HOME=/path make …"
        )
