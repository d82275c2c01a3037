"""The Gateway API's definitions of its release: no program, and nothing that acts on a route."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tools.cluster.standins.golang import GoPrograms

_VERSION = "1.6.3"
_MODULE = "sigs.k8s.io/gateway-api"


def _manifests(modules: Path) -> Iterable[str]:
    folder = modules / f"{_MODULE}@v{_VERSION}" / "config" / "crd" / "standard"
    yield (folder / "gateway.networking.k8s.io_httproutes.yaml").read_text()


PROGRAMS = GoPrograms(
    name="gateway-api",
    version=_VERSION,
    packages={},
    disk_gigabytes=1.0,
    manifests=_manifests,
)
