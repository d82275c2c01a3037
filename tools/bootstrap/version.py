"""Version numbers as tuples, and what a tool on PATH says it is."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

Version = tuple[int, ...]


def parse(text: str) -> Version | None:
    """The first dotted number in `text` (`go1.26.8 linux` gives (1, 26, 8)), or None."""
    found = re.search(r"\d+(?:\.\d+)+", text)
    return tuple(int(part) for part in found.group().split(".")) if found else None


def reported(program: Path | str, *arguments: str) -> Version | None:
    """The version that `program` prints, or None where it does not run."""
    try:
        result = subprocess.run(
            [program, *arguments], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return parse(result.stdout + result.stderr) if result.returncode == 0 else None
