"""The installed engine: one folder per content of the committed module files."""

from __future__ import annotations

from pathlib import Path

from tools.bootstrap.go_build import required_version
from tools.bootstrap.kept import Kept

MODULES = Path(__file__).resolve().parent
PROGRAMS = (
    "pulumi",
    "pulumi-language-python",
    "pulumi-language-python-exec",
    "pulumi-resource-pulumi-python",
    "pulumi-analyzer-policy-python",
)
PULUMI_VERSION = required_version(MODULES / "cli", "github.com/pulumi/pulumi/pkg/v3")


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
