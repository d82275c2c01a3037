"""What a change has left for its comment: files that nobody vouches for."""

from __future__ import annotations

from pathlib import Path

from tools.bootstrap.errors import ToolError

NUMBER = "number"
_LARGEST = 1 << 20
"""Bytes of a part that are read."""


def parts(folder: Path) -> list[str]:
    """The texts, in the order of their names; raises ToolError where there is none."""
    found = [path for path in sorted(folder.glob("*.md")) if _plain(path)]
    if not found:
        raise ToolError(f"{folder} holds no part of a comment")
    return [path.read_bytes()[:_LARGEST].decode(errors="replace") for path in found]


def number(folder: Path) -> int:
    """Of the pull request, as its own run says. Raises ToolError for anything but digits."""
    path = folder / NUMBER
    said = path.read_bytes()[:32].decode(errors="replace").strip() if _plain(path) else ""
    if not (said.isascii() and said.isdigit()):
        raise ToolError(f"{path} holds no number of a pull request")
    return int(said)


def _plain(path: Path) -> bool:
    """No link: it would lead to a file of this machine."""
    return path.is_file() and not path.is_symlink()
