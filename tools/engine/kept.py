"""The installed engine: one folder per content of the committed module files."""

from __future__ import annotations

import re
from pathlib import Path

from tools.bootstrap.kept import Kept

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


def engine() -> Kept:
    """`<cache>/engine/<version>-<hash of go.mod and go.sum>`."""
    return Kept(
        room="engine",
        version=PULUMI_VERSION,
        pins=[
            MODULES / module / name
            for module in ("cli", "language-python")
            for name in ("go.mod", "go.sum")
        ],
        programs=PROGRAMS,
    )
