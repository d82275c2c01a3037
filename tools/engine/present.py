"""A Pulumi that the person has already."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.bootstrap import version
from tools.engine.kept import PULUMI_VERSION


def on_path() -> Path | None:
    """The folder of `pulumi` on PATH if it is new enough, of major 3, with its Python host."""
    program = shutil.which("pulumi")
    if program is None or shutil.which("pulumi-language-python") is None:
        return None
    found, floor = version.reported(program, "version"), version.parse(PULUMI_VERSION)
    if found is None or floor is None or found < floor or found[0] != floor[0]:
        return None
    return Path(program).parent


def outdated() -> bool:
    """True if there is a `pulumi` on PATH that `on_path` did not accept."""
    return shutil.which("pulumi") is not None and on_path() is None
