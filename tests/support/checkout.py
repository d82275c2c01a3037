"""A copy of this checkout, for what may change the environment or the files it works in."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.lint.sources import name, sources


def copy_of_checkout(folder: Path) -> Path:
    """What a clone of this repository would hold, in `folder`; returns it."""
    for path in sources():
        target = folder / name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return folder
