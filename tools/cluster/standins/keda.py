"""`keda` and `keda-metrics-apiserver`: stand in for KEDA's images."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tools.cluster.standins.golang import GoPrograms
from tools.cluster.standins.kustomization import kustomized

_VERSION = "2.21.0"
_MODULE = "github.com/kedacore/keda/v2"


def _manifests(modules: Path) -> Iterable[str]:
    """CRDs, RBAC and workloads, without the admission webhooks."""
    yield kustomized(modules / f"{_MODULE}@v{_VERSION}" / "config" / "minimal")


PROGRAMS = GoPrograms(
    name="keda",
    version=_VERSION,
    packages={"keda": f"{_MODULE}/cmd/operator", "keda-adapter": f"{_MODULE}/cmd/adapter"},
    ldflags=f"-s -w -X={_MODULE}/version.Version={_VERSION}",
    disk_gigabytes=8.0,
    manifests=_manifests,
)
KEDA = PROGRAMS.standin("keda", "keda", "/keda")
KEDA_METRICS_APISERVER = PROGRAMS.standin("keda-metrics-apiserver", "keda-adapter", "/keda-adapter")
