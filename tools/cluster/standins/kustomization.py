"""A release's kustomization, read by the cluster's own kubectl."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tools.bootstrap.progress import run
from tools.cluster.build import ensure_built


def kustomized(folder: Path) -> str:
    """The manifests as YAML. Raises ToolError."""
    kubectl = ensure_built() / "kubectl"
    with tempfile.NamedTemporaryFile() as made:
        run("reading manifests", [kubectl, "kustomize", folder, f"--output={made.name}"])
        return Path(made.name).read_text()
