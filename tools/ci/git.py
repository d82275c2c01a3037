"""Where a change began, and which files it touches."""

from __future__ import annotations

import os
import subprocess

from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT

_MAIN = ("origin/HEAD", "origin/main", "main")


def began(given: str | None) -> str | None:
    """The commit that HEAD has in common with `given`, or with the main branch.

    None: there is nothing to compare with. Raises ToolError for a revision that is not here.
    """
    given = given or os.environ.get("BASE")
    known = [one for one in ([given] if given else _MAIN) if _has(one)]
    if not known:
        if given is None:
            return None
        raise ToolError(
            f"the revision {given!r} is not in this checkout: fetch its history (fetch-depth: 0)"
        )
    common = _git("merge-base", "--end-of-options", known[0], "HEAD")
    return common.strip() if common else None


def touched(base: str) -> list[str]:
    """Files that differ from `base`, removed ones among them; uncommitted edits count."""
    names = _git("diff", "--name-only", "-z", "--end-of-options", base, "--") or ""
    return [name for name in names.split("\0") if name]


def kept(pattern: str) -> list[str] | None:
    """Files of the top folder that git tracks or would track; None outside a repository."""
    options = ("--cached", "--others", "--exclude-standard", "-z")
    names = _git("ls-files", *options, "--", f":(glob){pattern}")
    return None if names is None else [name for name in names.split("\0") if name]


def _has(revision: str) -> bool:
    return _git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}") is not None


def _git(*arguments: str) -> str | None:
    """What it prints; None where it fails."""
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return None if done.returncode else done.stdout
