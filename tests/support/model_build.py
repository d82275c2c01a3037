"""Start `python -m images.onnx.model build` as a person or the provider does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


def start_build(
    source: str, cache: Path, *options: str, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """The running program; fp32 unless `options` say otherwise."""
    command = [sys.executable, "-m", "images.onnx.model", "build", "--source", source]
    command += ["--cache", str(cache), "--quantization", "fp32", *options]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(environment) if environment is not None else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_at(process: subprocess.Popen[str], reached: Callable[[str], bool]) -> list[str]:
    """Read progress lines until one is `reached`, then kill -9; the lines, that one last."""
    assert process.stderr is not None
    lines: list[str] = []
    try:
        for line in process.stderr:
            lines.append(line.rstrip())
            if reached(lines[-1]):
                return lines
    finally:
        process.kill()
        process.communicate()
    raise AssertionError(f"the build ended before the line came: {lines}")
