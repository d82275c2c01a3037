"""The real CRDs of Karpenter, from its Go module: the proxy has it, this repository does not."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

_MODULE = "github.com/aws/karpenter-provider-aws"
_VERSION = "v1.15.2"
_FILES = ("karpenter.sh_nodepools.yaml", "karpenter.k8s.aws_ec2nodeclasses.yaml")


def karpenter_crds() -> list[dict[str, Any]]:
    """NodePool and EC2NodeClass; skips where Go or its proxy is not to be had."""
    folder = _folder()
    if folder is None:
        pytest.skip(f"needs Go and its module {_MODULE} {_VERSION}")
    return [yaml.safe_load((folder / name).read_text()) for name in _FILES]


@cache
def _folder() -> Path | None:
    try:
        modules = subprocess.run(
            ["go", "env", "GOMODCACHE"], capture_output=True, text=True, check=True
        ).stdout.strip()
        folder = Path(modules) / f"{_MODULE}@{_VERSION}" / "pkg" / "apis" / "crds"
        if not folder.is_dir():
            # It refuses an older Go than the module's own, and has unpacked it nevertheless.
            subprocess.run(
                ["go", "mod", "download", f"{_MODULE}@{_VERSION}"],
                cwd="/",
                capture_output=True,
                check=False,
                timeout=120,
            )
    except (OSError, subprocess.SubprocessError):
        return None
    return folder if folder.is_dir() else None
