"""The stacks of this project, and which of them a change affects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planning.problems import SettingsError
from planning.stackfile import load_stack_file, stack_name
from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT
from tools.ci import git

_FILES = "Pulumi.*.yaml"
OF_ALL = re.compile(
    r"(__main__\.py|Pulumi\.yaml|pyproject\.toml|uv\.lock"
    r"|(planning|components|providers|images|policies|stacks/(?!presets/))/?.*)"
)
"""What every stack is made by."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is looked at, and against which commit."""

    base: str | None
    """None: nothing to compare with; all of it is new."""
    files: tuple[Path, ...]
    """Stack files, relative to the checkout."""
    removed: tuple[str, ...] = ()
    """Stacks whose file is gone. What they have made is still there."""

    @staticmethod
    def name(file: Path) -> str:
        return stack_name(file)


def change(names: Sequence[str], base: str | None) -> Change:
    """Of the stacks with these names; without any, of those that differ from `base`.

    Raises ToolError for a stack without a file, and a revision that is not here.
    """
    began = git.began(base)
    if names:
        return Change(base=began, files=tuple(map(stack_file, names)))
    found = every()
    if began is None:
        return found
    touched = git.touched(began)
    gone = [Path(one) for one in touched if Path(one).match(_FILES) and not (ROOT / one).exists()]
    whole = any(OF_ALL.fullmatch(one) for one in touched)
    return Change(
        base=began,
        files=tuple(file for file in found.files if whole or file.as_posix() in touched),
        removed=tuple(stack_name(file) for file in gone if file.parent == Path()),
    )


def every() -> Change:
    """All stacks, compared with nothing."""
    names = git.kept(_FILES)
    if names is None:  # a project that no git holds
        names = [path.name for path in ROOT.glob(_FILES)]
    return Change(
        base=None, files=tuple(Path(name) for name in sorted(names) if (ROOT / name).exists())
    )


def stack_file(name: str) -> Path:
    """Relative to the checkout; raises ToolError where there is none, with those there are."""
    file = Path(f"Pulumi.{name}.yaml")
    if "/" in name or not (ROOT / file).is_file():
        there = ", ".join(map(stack_name, every().files)) or "none"
        raise ToolError(f"there is no stack {name!r}; its file would be {file}. There are: {there}")
    return file


def deployed(found: Change) -> tuple[Path, ...]:
    """Those that a pipeline can make: a `local` stack is processes of one person's machine."""
    return tuple(file for file in found.files if target(file) != "local")


def target(file: Path) -> str | None:
    """Which the file names; None: it is refused, which whoever deploys it will say."""
    try:
        return load_stack_file(ROOT / file).target
    except SettingsError:
        return None
