"""`keda` and `keda-metrics-apiserver`: stand in for KEDA's images; its manifests beside them."""

from __future__ import annotations

from pathlib import Path

from tools.cluster.standins.golang import MANIFESTS, GoPrograms, kustomized

_VERSION = "2.21.0"
_MODULE = "github.com/kedacore/keda/v2"


def _manifests(modules: Path, folder: Path) -> None:
    """CRDs, RBAC and workloads as the release's own kustomization puts them together."""
    kustomization = modules / f"{_MODULE}@v{_VERSION}" / "config" / "minimal"
    (folder / MANIFESTS).write_text(kustomized(kustomization, folder))


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
