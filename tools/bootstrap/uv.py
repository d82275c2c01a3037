"""uv and the environment it makes."""

from __future__ import annotations

import shutil
import sys
import tempfile
import tomllib
from pathlib import Path

from tools.bootstrap import version
from tools.bootstrap.errors import ToolError
from tools.bootstrap.lock import exclusive
from tools.bootstrap.paths import ROOT, VENV, cache_dir
from tools.bootstrap.progress import run, say

AWS = "aws"
"""The group of the target `eks`."""


def sync(*more_groups: str) -> Path:
    """Make `.venv` hold what uv.lock says (other packages in it stay); return uv's path."""
    uv = ensure_uv()
    run(
        "installing the locked Python packages into .venv",
        # Without compiled files every start of Pulumi, plugin and server would compile them anew
        # wherever PYTHONDONTWRITEBYTECODE is set, and once everywhere else.
        [
            *(uv, "sync", "--frozen", "--inexact", "--compile-bytecode"),
            *(f"--group={group}" for group in more_groups),
        ],
        cwd=ROOT,
        env={"UV_PROJECT_ENVIRONMENT": str(VENV)},
    )
    return uv


def ensure_uv() -> Path:
    """uv from PATH if it is new enough, else a private copy in the cache.

    Raises ToolError where neither works.
    """
    wanted = pinned()
    found = shutil.which("uv")
    if found and _new_enough(version.reported(found, "--version"), wanted):
        return Path(found)
    target = cache_dir() / f"uv-{wanted}" / "uv"
    with exclusive(cache_dir() / "uv.lock", "installing uv"):
        if not target.exists():
            _install(wanted, target)
    return target


def pinned() -> str:
    """The uv version that pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return next(d.removeprefix("uv==") for d in project["dependencies"] if d.startswith("uv=="))


def _new_enough(found: version.Version | None, wanted: str) -> bool:
    floor = version.parse(wanted)
    return found is not None and floor is not None and found[:2] >= floor[:2]


def _install(wanted: str, target: Path) -> None:
    say(f"uv is not on PATH: taking uv {wanted} from PyPI")
    with tempfile.TemporaryDirectory(dir=cache_dir()) as scratch:
        try:
            run("making a scratch environment", [sys.executable, "-m", "venv", scratch])
            pip = Path(scratch) / "bin" / "pip"
            run(f"downloading uv {wanted}", [pip, "install", "--quiet", f"uv=={wanted}"])
        except ToolError as error:
            raise ToolError(
                f"{error}\nInstall uv yourself, then run the same command again: "
                "https://docs.astral.sh/uv/getting-started/installation/\n"
                "(or, on Debian and Ubuntu, give Python its venv: apt install python3-venv)"
            ) from error
        target.parent.mkdir(exist_ok=True)
        (Path(scratch) / "bin" / "uv").replace(target)
