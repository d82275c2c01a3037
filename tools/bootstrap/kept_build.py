"""Kept programs that are built where they are not there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tools.bootstrap.disk import require_free
from tools.bootstrap.kept import Kept
from tools.bootstrap.lock import exclusive
from tools.bootstrap.progress import say


def built(kept: Kept, what: str, gigabytes: float, build: Callable[[Path, Path], None]) -> Path:
    """The folder of `kept`'s programs.

    `build` gets a folder to put them in and one for Go's caches; the second lies beside the
    result, so an interrupted build goes on where it was, and goes when the result stands.
    Raises ToolError where disk, Go or the module proxy is missing.
    """
    if found := kept.complete():
        return found
    with exclusive(kept.lock, f"building {what}"):
        if found := kept.complete():
            return found
        require_free(kept.home.parent, gigabytes, f"building {what} (once)")
        say(f"building {what} from Go modules (once)")
        work = kept.home / "go"
        with kept.assembled() as folder:
            build(folder, work)
        shutil.rmtree(work)
    return kept.bin_dir
