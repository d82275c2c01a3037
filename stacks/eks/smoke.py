"""One token through the gateway of a cluster whose kubeconfig is known only once it is made."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pulumi import Output

from components.specs.cluster import KubernetesSpec
from stacks.cluster_smoke import cluster_smoke
from stacks.smoke import SmokeCheck


class HeardKubeconfig:
    """A file of this run alone; it holds no secret, but nobody else should change it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="slipway-")
        self._file = Path(self._folder.name) / "kubeconfig"

    def hear(self, kubeconfig: Output[str]) -> None:
        kubeconfig.apply(self._keep)

    def path(self) -> str:
        return str(self._file)

    def _keep(self, text: str) -> None:
        self._file.touch(mode=0o600)
        self._file.write_text(text, encoding="utf-8")


def eks_smoke(
    spec: KubernetesSpec, stack_file: str, kubeconfig: Output[str]
) -> tuple[SmokeCheck | None, SmokeCheck | None]:
    """Of the stack and of its canary; None where it is not asked for."""
    if not spec.smoke_check:
        return None, None
    heard = HeardKubeconfig()
    heard.hear(kubeconfig)
    if spec.canary is None:
        return cluster_smoke(spec, stack_file, kubeconfig=heard.path), None
    return (
        cluster_smoke(spec, stack_file, "stable", kubeconfig=heard.path),
        cluster_smoke(spec, stack_file, "canary", kubeconfig=heard.path),
    )
