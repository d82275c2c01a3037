"""The control groups that the cluster's pods live in: one root in every hierarchy."""

from __future__ import annotations

import time
from pathlib import Path

from tools.bootstrap.errors import ToolError
from tools.cluster.layout import CGROUP

_SECONDS = 15.0
_POLL_SECONDS = 0.1


def make_cgroups() -> None:
    """Make the root that kubelet expects, in all hierarchies."""
    for root in roots():
        root.mkdir(exist_ok=True)


def remove_cgroups() -> None:
    """Remove the roots with all below; raise ToolError where a process stays in one."""
    deadline = time.monotonic() + _SECONDS
    while left := [root for root in roots() if not _removed(root)]:
        if time.monotonic() > deadline:
            raise ToolError(f"control groups still in use: {', '.join(map(str, left))}")
        time.sleep(_POLL_SECONDS)


def roots() -> list[Path]:
    """`<hierarchy>/slipway-cluster` of each mounted hierarchy, version 1 or 2."""
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    return [Path(target) / CGROUP for _, target, kind, *_ in mounts if kind.startswith("cgroup")]


def _removed(root: Path) -> bool:
    if not root.exists():
        return True
    folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
    try:
        for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
            folder.rmdir()
    except OSError:
        return False
    return True
