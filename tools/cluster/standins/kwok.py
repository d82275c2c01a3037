"""`kwok`: stands in for kwok's image, which keeps fake nodes alive; its manifests beside it."""

from __future__ import annotations

from pathlib import Path

from tools.cluster.standins.golang import MANIFESTS, GoPrograms, kustomized

_VERSION = "0.8.0"
_MODULE = "sigs.k8s.io/kwok"
_PARTS = ("kwok", "stage/fast")


def _manifests(modules: Path, folder: Path) -> None:
    root = modules / f"{_MODULE}@v{_VERSION}" / "kustomize"
    texts = [kustomized(root / part, folder) for part in _PARTS]
    (folder / MANIFESTS).write_text("---\n".join(texts))


PROGRAMS = GoPrograms(
    name="kwok",
    version=_VERSION,
    packages={"kwok": f"{_MODULE}/cmd/kwok"},
    disk_gigabytes=4.0,
    manifests=_manifests,
)
KWOK = PROGRAMS.standin("kwok", "kwok", "/usr/local/bin/kwok")
