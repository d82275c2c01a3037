"""`local-path-provisioner`: stands in for Rancher's image."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tools.cluster.standins.golang import GoPrograms

_VERSION = "0.0.30"
_MODULE = "github.com/rancher/local-path-provisioner"


def _manifests(modules: Path) -> Iterable[str]:
    yield (modules / f"{_MODULE}@v{_VERSION}" / "deploy" / "local-path-storage.yaml").read_text()


PROGRAMS = GoPrograms(
    name="storage",
    version=_VERSION,
    packages={"local-path-provisioner": _MODULE},
    disk_gigabytes=3.0,
    manifests=_manifests,
)
LOCAL_PATH_PROVISIONER = PROGRAMS.standin(
    "local-path-provisioner", "local-path-provisioner", "/usr/bin/local-path-provisioner"
)
