"""An environment of pinned packages beside the project's own, made once a machine."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from images.onnx.model.environment import uv
from images.onnx.model.locks import exclusive
from images.onnx.model.request import default_cache
from images.onnx.model.workspace import publish_environment, scratch


def small_environment(name: str, requirements: Path) -> Path:
    """Its interpreter; `requirements` is resolved already."""
    root = default_cache()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    content = requirements.read_bytes() + version.encode()
    name = f"{name}-{hashlib.sha256(content).hexdigest()[:16]}"
    target = root / "env" / name
    python = target / "bin" / "python"
    if not python.exists():
        with (
            exclusive(root / "locks" / name, _say, f"making the environment {name}"),
            scratch(root / "env", f".{name}") as folder,
        ):
            if not python.exists():
                _install(folder / "venv", requirements)
                publish_environment(folder, target)
    return python


def _install(venv: Path, requirements: Path) -> None:
    subprocess.run([uv(), "venv", "--quiet", "--python", sys.executable, str(venv)], check=True)
    command = [uv(), "pip", "install", "--quiet", "--no-deps", "--requirement", str(requirements)]
    subprocess.run([*command, "--python", str(venv / "bin" / "python")], check=True)


def _say(line: str) -> None:
    print(line, file=sys.stderr)
