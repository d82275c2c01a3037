"""Environments of peers that are in no group of our lock: made once from resolved lists."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.context import CannotMeasureError
from images.onnx.model.environment import uv
from images.onnx.model.errors import ModelBuildError
from images.onnx.model.locks import exclusive
from images.onnx.model.processes import last_line, run_tool
from images.onnx.model.request import default_cache
from images.onnx.model.workspace import publish_environment, require_free, scratch

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class LockedPeer:
    """One environment."""

    name: str
    requirements: Path
    """Everything it needs, with exact versions: nothing is resolved when it is made."""
    contents: str
    """What takes long or much room, in a few words."""
    needed_bytes: int
    finish: Callable[[Path], None] = lambda venv: None
    """What installing leaves to do."""


def locked_python(peer: LockedPeer, progress: Progress) -> Path:
    """Interpreter of the peer's environment. Raises CannotMeasureError."""
    root = default_cache()
    name = f"{peer.name}-{hashlib.sha256(peer.requirements.read_bytes()).hexdigest()[:16]}"
    target = root / "env" / name
    python = target / "bin" / "python"
    if python.exists():
        return python
    try:
        with exclusive(root / "locks" / name, progress, f"making the {peer.name} environment"):
            if not python.exists():
                require_free(root, peer.needed_bytes, f"the {peer.name} environment")
                with scratch(root / "env", f".{name}") as folder:
                    _install(peer, folder / "venv", root / "logs" / f"{name}.log", progress)
                    publish_environment(folder, target)
    except ModelBuildError as error:
        raise CannotMeasureError(str(error)) from error
    return python


def _install(peer: LockedPeer, venv: Path, log: Path, progress: Progress) -> None:
    commands = {
        f"making the {peer.name} environment": ["venv", "--python", sys.executable, str(venv)],
        f"installing {peer.contents}": [
            *("pip", "install", "--no-progress", "--python", str(venv / "bin" / "python")),
            *("--no-deps", "--requirement", str(peer.requirements)),
        ],
    }
    for label, arguments in commands.items():
        if not run_tool([uv(), *arguments], log=log, progress=progress, label=label):
            raise CannotMeasureError(f"{label} failed: {last_line(log)} (log: {log})")
    peer.finish(venv)
