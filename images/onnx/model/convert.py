"""Make the artefact's files from a resolved source, in a scratch folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from images.onnx.model.artifact import REFERENCE, Accuracy
from images.onnx.model.environment import ensure_environment
from images.onnx.model.errors import ModelBuildError
from images.onnx.model.folder import safetensors_weights
from images.onnx.model.gguf import read_gguf
from images.onnx.model.key import PROMPTS
from images.onnx.model.processes import run_worker
from images.onnx.model.recipe import Recipe
from images.onnx.model.request import Progress
from images.onnx.model.resolve import Resolved
from images.onnx.model.workspace import require_free

MEMORY_BASE = 2**31
MEMORY_PER_WEIGHT = 12
"""Bytes: libraries, the fp32 model and the builder's copy of it. SmolLM2-135M: 3.3 GB seen."""


def convert(
    resolved: Resolved, recipe: Recipe, folder: Path, *, log: Path, progress: Progress
) -> None:
    """Write model, configuration, tokenizer and `reference.json` into `folder/artifact`.

    Raises ModelBuildError when disk or memory cannot hold the conversion, or when it fails.
    """
    weights = _weights(resolved)
    unpacked = 4 * weights if resolved.kind == "gguf" else 0
    finished = int(weights * recipe.bytes_per_weight)
    require_free(folder, unpacked + 2 * finished + 2**26, "the conversion")
    _require_memory(MEMORY_BASE + MEMORY_PER_WEIGHT * weights)
    python = ensure_environment(progress)
    source = folder / "source"
    _link(resolved, source)
    run_worker(
        python,
        "export",
        {
            "source": str(source),
            "gguf": resolved.names[0] if resolved.kind == "gguf" else None,
            "output": str(folder / "artifact"),
            "reference": str(folder / "artifact" / REFERENCE),
            "prompts": str(PROMPTS),
            "precision": recipe.precision,
            "provider": recipe.provider,
            "options": recipe.options,
            "row_head": recipe.row_head,
        },
        log=log,
        progress=progress,
        label=f"converting to ONNX {recipe.precision}",
    )


def adopt(resolved: Resolved, folder: Path) -> None:
    """Take a ready-made ONNX folder as `folder/artifact`."""
    target = folder / "artifact"
    target.mkdir()
    size = sum((resolved.folder / name).stat().st_size for name in resolved.names)
    require_free(folder, size + 2**20, "a copy of the ONNX folder")
    for name in resolved.names:
        if name != REFERENCE:
            shutil.copyfile(resolved.folder / name, target / name)


def check(folder: Path, *, log: Path, progress: Progress) -> Accuracy | None:
    """Run the artefact in `folder`; its accuracy, or None where no reference is beside it.

    Raises ModelBuildError when ONNX Runtime cannot run it or its answers are not finite numbers.
    """
    figures = run_worker(
        ensure_environment(progress),
        "check",
        {"artifact": str(folder), "reference": str(folder / REFERENCE), "prompts": str(PROMPTS)},
        log=log,
        progress=progress,
        label="checking the artefact against its source",
    )
    return Accuracy(**figures) if figures else None


def _weights(resolved: Resolved) -> int:
    if resolved.kind == "gguf":
        return read_gguf(resolved.folder / resolved.names[0]).weights
    return safetensors_weights(resolved.folder, resolved.names)


def _link(resolved: Resolved, target: Path) -> None:
    """Only the files that count, so that nothing else of the folder can be loaded."""
    target.mkdir()
    for name in resolved.names:
        (target / name).symlink_to((resolved.folder / name).resolve())


def _require_memory(needed: int) -> None:
    available = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    meminfo = Path("/proc/meminfo")
    if meminfo.exists():
        for line in meminfo.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                available = int(line.split()[1]) * 1024
    if available < needed:
        raise ModelBuildError(
            f"not enough memory: the conversion needs about {needed / 2**30:.1f} GiB, "
            f"{available / 2**30:.1f} GiB are available",
            "stop other programs, convert on a larger machine and name the finished folder "
            "(file:<folder>), or choose a smaller model",
        )
