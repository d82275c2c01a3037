"""Which version of a server's code a replica runs, so that changed code is rolled out too."""

from __future__ import annotations

import hashlib
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


def module_revision(module: str) -> str:
    """Digest of the Python files of `module`, a module or package of this checkout."""
    place = _ROOT.joinpath(*module.split("."))
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(_ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]
