"""What the machine and the checkout are, for the record of a run."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path

from benchmarks.results import Machine

ROOT = Path(__file__).parent.parent

# The instruction sets that ONNX Runtime, oneDNN and torch choose their kernels by.
_FLAGS = ("avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8")


def read_machine() -> Machine:
    """CPU, cores usable by this process, memory and load of this machine (Linux)."""
    fields = _fields(Path("/proc/cpuinfo"))
    flags = set(fields.get("flags", "").split())
    memory = int(_fields(Path("/proc/meminfo"))["MemTotal"].split()[0])
    return Machine(
        cpu=fields.get("model name", platform.processor() or "unknown"),
        cores=len(os.sched_getaffinity(0)),
        flags=tuple(flag for flag in _FLAGS if flag in flags),
        memory_mib=memory // 1024,
        system=f"Linux {platform.release()}, Python {platform.python_version()}",
        load=round(os.getloadavg()[0], 2),
    )


def commit() -> str:
    """The checkout's commit, `+changes` after it where files differ, or `no git`."""
    try:
        head = _git("rev-parse", "--short=12", "HEAD")
        # Results and their report change while a run is kept; they are no change of the code.
        kept = ":(exclude)benchmarks/results", ":(exclude)docs/benchmarks.md"
        changed = _git("status", "--porcelain", "--", ".", *kept)
    except (OSError, subprocess.CalledProcessError):
        return "no git"
    return head + ("+changes" if changed else "")


def versions(*packages: str) -> dict[str, str]:
    """Installed versions of `packages` in this environment."""
    return {name: metadata.version(name) for name in packages}


def _git(*arguments: str) -> str:
    run = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return run.stdout.strip()


def _fields(path: Path) -> dict[str, str]:
    pairs = (line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
    fields: dict[str, str] = {}
    for key, value in pairs:
        fields.setdefault(key.strip(), value.strip())
    return fields
