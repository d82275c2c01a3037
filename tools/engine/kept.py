"""The installed engine: one folder per content of the committed module files."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tools.bootstrap.paths import cache_dir

MODULES = Path(__file__).resolve().parent
PROGRAMS = (
    "pulumi",
    "pulumi-language-python",
    "pulumi-language-python-exec",
    "pulumi-resource-pulumi-python",
    "pulumi-analyzer-policy-python",
)


def _pinned_version() -> str:
    text = (MODULES / "cli" / "go.mod").read_text()
    found = re.search(r"github\.com/pulumi/pulumi/pkg/v3 v(\S+)", text)
    assert found, "cli/go.mod names pkg/v3"
    return found.group(1)


PULUMI_VERSION = _pinned_version()


def home() -> Path:
    """`<cache>/engine/<version>-<hash of go.mod and go.sum>`."""
    digest = hashlib.sha256()
    for module in ("cli", "language-python"):
        for name in ("go.mod", "go.sum"):
            digest.update((MODULES / module / name).read_bytes())
    return cache_dir() / "engine" / f"{PULUMI_VERSION}-{digest.hexdigest()[:12]}"


def bin_dir() -> Path:
    return home() / "bin"


def complete() -> Path | None:
    """The folder of programs if all of them are there."""
    folder = bin_dir()
    return folder if all((folder / name).is_file() for name in PROGRAMS) else None


@contextmanager
def assembled() -> Generator[Path]:
    """A scratch folder that becomes `bin_dir()` in one rename, if the block succeeds."""
    home().mkdir(parents=True, exist_ok=True)
    scratch = home() / "bin.part"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        yield scratch
        missing = [name for name in PROGRAMS if not (scratch / name).is_file()]
        assert not missing, f"engine without {missing}"
        shutil.rmtree(bin_dir(), ignore_errors=True)
        scratch.replace(bin_dir())
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
