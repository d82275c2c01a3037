"""`keda` and `keda-metrics-apiserver`: stand in for KEDA's images; its manifests beside them."""

from __future__ import annotations

from pathlib import Path

from tools.bootstrap.progress import run
from tools.cluster.build import ensure_built
from tools.cluster.standins.golang import GoPrograms

VERSION = "2.21.0"
_MODULE = f"github.com/kedacore/keda/v2@v{VERSION}"
_PACKAGE = "github.com/kedacore/keda/v2"
MANIFESTS = "manifests.yaml"


def _manifests(modules: Path, folder: Path) -> None:
    """CRDs, RBAC and workloads as the release's own kustomization puts them together."""
    kustomization = modules / _MODULE / "config" / "minimal"
    words = ["kustomize", kustomization, f"--output={folder / MANIFESTS}"]
    run("reading KEDA's manifests", [ensure_built() / "kubectl", *words])


PROGRAMS = GoPrograms(
    name="keda",
    version=VERSION,
    packages={"keda": f"{_PACKAGE}/cmd/operator", "keda-adapter": f"{_PACKAGE}/cmd/adapter"},
    ldflags=f"-s -w -X={_PACKAGE}/version.Version={VERSION}",
    disk_gigabytes=8.0,
    also=(MANIFESTS,),
    finish=_manifests,
)
KEDA = PROGRAMS.standin("keda", "keda", "/keda")
KEDA_METRICS_APISERVER = PROGRAMS.standin("keda-metrics-apiserver", "keda-adapter", "/keda-adapter")
