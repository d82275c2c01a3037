"""The files that rules look at: what git tracks, or would track."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools.bootstrap.paths import ROOT


def sources(*suffixes: str) -> list[Path]:
    """Existing files of the checkout with one of `suffixes` (all, without any), sorted."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return [p for p in paths if p.is_file() and (not suffixes or p.suffix in suffixes)]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
