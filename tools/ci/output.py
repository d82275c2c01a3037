"""Where commands leave what they found, and how they run other commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.bootstrap.paths import BUILD, ROOT

FOLDER = BUILD / "ci"
COMMENT = FOLDER / "comment"
"""Parts of the comment, in the order of their names."""


def written(path: Path, text: str) -> Path:
    """The file, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def shown(*words: str) -> int:
    """Run a module of this checkout for the person to see; its exit code."""
    return subprocess.run([sys.executable, "-m", *words], cwd=ROOT, check=False).returncode


def asked(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a module of this checkout for its output."""
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
