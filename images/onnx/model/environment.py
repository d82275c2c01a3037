"""Environments beside the project's own, made once per lock by uv; the conversion's has torch."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from images.onnx.model.errors import ModelBuildError
from images.onnx.model.key import ROOT
from images.onnx.model.locks import exclusive
from images.onnx.model.processes import child_environment, last_line, run_tool
from images.onnx.model.request import Progress, default_cache
from images.onnx.model.workspace import publish_environment, require_free, scratch


@dataclass(frozen=True)
class Environment:
    """One dependency group of the lock, installed alone."""

    group: str
    purpose: str
    contents: str
    needed_bytes: int


CONVERT = Environment(
    "convert",
    "the conversion environment",
    "PyTorch and the model builder (3 GB, once)",
    # PyPI's torch for Linux brings CUDA: 3 GB of downloads and 5.6 GB installed.
    9 * 2**30,
)


def ensure_environment(progress: Progress, environment: Environment = CONVERT) -> Path:
    """Python interpreter of the environment, which is made where it is absent.

    It stands beside the model cache of the user, whatever `--cache` says: 5.6 GB are enough once.
    Raises ModelBuildError when disk or index cannot deliver it.
    """
    root = default_cache()
    name = f"{environment.group}-{environment_id(environment.group)}"
    target = root / "env" / name
    python = target / "bin" / "python"
    if python.exists():
        return python
    with exclusive(root / "locks" / name, progress, f"making {environment.purpose}"):
        if python.exists():
            return python
        require_free(root, environment.needed_bytes, environment.purpose)
        with scratch(root / "env", f".{name}") as folder:
            _sync(environment, folder, root / "logs" / f"{name}.log", progress)
            publish_environment(folder, target)
    return python


def environment_id(group: str) -> str:
    """Hash of every pinned package of the lock's `group` and of the Python version."""
    export = subprocess.run(
        [uv(), "export", "--frozen", "--offline", "--no-header", "--only-group", group],
        cwd=ROOT,
        env=child_environment(),
        capture_output=True,
        check=False,
    )
    if export.returncode:
        raise ModelBuildError(
            f"uv.lock cannot be read: {export.stderr.decode(errors='replace').strip()[:300]}",
            "run `uv lock`, or check out uv.lock again",
        )
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(export.stdout + version.encode()).hexdigest()[:16]


def uv() -> str:
    """Path of the uv program that came with the project's environment."""
    from uv import find_uv_bin

    return find_uv_bin()


def _sync(environment: Environment, folder: Path, log: Path, progress: Progress) -> None:
    command = [
        *(uv(), "sync", "--frozen", "--only-group", environment.group),
        *("--python", sys.executable, "--no-progress"),
    ]
    label = f"{environment.purpose}: installing {environment.contents}"
    place = {"UV_PROJECT_ENVIRONMENT": str(folder / "venv")}
    if not run_tool(command, log=log, progress=progress, label=label, variables=place):
        raise ModelBuildError(
            f"{environment.purpose} could not be installed: {last_line(log)}",
            f"check that the Python package index can be reached, then run again (log: {log})",
        )
