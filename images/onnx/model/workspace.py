"""Folders that appear whole or not at all, and room on the disk for them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from images.onnx.model.errors import ModelBuildError


@contextmanager
def scratch(parent: Path, name: str) -> Generator[Path]:
    """An empty folder that is gone afterwards; left-overs of killed runs of `name` go first.

    The caller holds the lock of `name`. Every run gets a folder of its own, so that a child
    process that outlives a killed run cannot write into the next run's files.
    """
    parent.mkdir(parents=True, exist_ok=True)
    for leftover in parent.glob(f"{name}.*"):
        shutil.rmtree(leftover, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, target: Path) -> None:
    """Move a finished folder to `target` in one step, its content safely on disk before."""
    for path in [*folder.rglob("*"), folder]:
        _sync(path)
    if target.exists():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(target)
    _sync(target.parent)


def publish_environment(folder: Path, target: Path) -> None:
    """Move a finished virtual environment; its interpreter runs from any place."""
    shutil.rmtree(target, ignore_errors=True)
    (folder / "venv").rename(target)


def require_free(folder: Path, needed: int, purpose: str) -> None:
    """Refuse before anything starts when the disk has less than `needed` bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ModelBuildError(
            f"not enough disk: {purpose} needs {_gib(needed)}, {folder} has {_gib(free)} free",
            "free some space, or set XDG_CACHE_HOME to a larger disk",
        )


def _gib(size: int) -> str:
    return f"{size / 2**30:.1f} GiB"


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
