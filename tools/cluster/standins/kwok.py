"""`kwok`: stands in for kwok's image, which keeps fake nodes alive."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tools.cluster.standins.golang import GoPrograms
from tools.cluster.standins.kustomization import kustomized

_VERSION = "0.8.0"
_MODULE = "sigs.k8s.io/kwok"


def _manifests(modules: Path) -> Iterable[str]:
    root = modules / f"{_MODULE}@v{_VERSION}" / "kustomize"
    return (kustomized(root / part) for part in ("kwok", "stage/fast"))


PROGRAMS = GoPrograms(
    name="kwok",
    version=_VERSION,
    packages={"kwok": f"{_MODULE}/cmd/kwok"},
    disk_gigabytes=4.0,
    manifests=_manifests,
)
KWOK = PROGRAMS.standin("kwok", "kwok", "/usr/local/bin/kwok")
