"""Where things are kept: the checkout and the one cache outside it."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STATE = ROOT / ".slipway"
BUILD = ROOT / "build"


def cache_dir() -> Path:
    """`$XDG_CACHE_HOME/slipway`, by default `~/.cache/slipway`; made if it is not there."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    directory = Path(base) / "slipway"
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def venv_python() -> Path:
    return VENV / "bin" / "python"
