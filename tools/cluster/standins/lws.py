"""`lws`: stands in for the image of LeaderWorkerSet's controller."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tools.cluster.standins.golang import GoPrograms
from tools.cluster.standins.kustomization import kustomized

_VERSION = "0.8.0"
_MODULE = "sigs.k8s.io/lws"


def _manifests(modules: Path) -> Iterable[str]:
    """Definition, RBAC, controller and its webhooks, whose certificate it makes itself."""
    yield kustomized(modules / f"{_MODULE}@v{_VERSION}" / "config" / "default")


PROGRAMS = GoPrograms(
    name="lws",
    version=_VERSION,
    packages={"lws": f"{_MODULE}/cmd"},
    disk_gigabytes=4.0,
    manifests=_manifests,
)
LWS = PROGRAMS.standin("lws", "lws", "/manager")
