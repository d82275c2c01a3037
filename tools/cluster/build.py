"""Kubernetes and BuildKit from Go modules, once."""

from __future__ import annotations

from pathlib import Path

from tools.bootstrap.go import ensure_go
from tools.bootstrap.go_build import go_build, go_floor
from tools.bootstrap.kept_build import built
from tools.cluster.kept import (
    BUILDKIT,
    BUILDKIT_VERSION,
    DNS,
    IMAGES,
    KUBERNETES,
    KUBERNETES_VERSION,
    MODULES,
    builder,
    cluster,
)

DISK_GIGABYTES = 8.0


def ensure_built() -> Path:
    """The folder of Kubernetes' programs; they and BuildKit are built if they are not there.

    Raises ToolError where disk, Go or the module proxy is missing.
    """
    built(builder(), f"BuildKit {BUILDKIT_VERSION}", DISK_GIGABYTES, _build_buildkit)
    return built(cluster(), f"Kubernetes {KUBERNETES_VERSION}", DISK_GIGABYTES, _build_kubernetes)


def _build_buildkit(folder: Path, work: Path) -> None:
    module = MODULES / BUILDKIT
    package = f"github.com/moby/buildkit/cmd/{BUILDKIT}"
    version = f"github.com/moby/buildkit/version.Version=v{BUILDKIT_VERSION}"
    go_build(
        ensure_go(go_floor(module)),
        package,
        folder / BUILDKIT,
        module=module,
        work=work,
        ldflags=f"-s -w -X {version}",
    )


def _build_kubernetes(folder: Path, work: Path) -> None:
    module, dns, images = (MODULES / name for name in ("kubernetes", "dns", "images"))
    go = ensure_go(max(map(go_floor, (module, dns, images))))
    for name in KUBERNETES:
        package = f"k8s.io/kubernetes/cmd/{name}"
        go_build(go, package, folder / name, module=module, work=work, ldflags=_linked_version())
    go_build(go, ".", folder / DNS, module=dns, work=work, ldflags="-s -w")
    for name in IMAGES:
        go_build(go, f"./{name}", folder / name, module=images, work=work, ldflags="-s -w")


def _linked_version() -> str:
    major, minor, _ = KUBERNETES_VERSION.split(".")
    values = {"gitVersion": f"v{KUBERNETES_VERSION}", "gitMajor": major, "gitMinor": minor}
    packages = ("k8s.io/client-go/pkg/version", "k8s.io/component-base/version")
    return " ".join(
        ["-s -w", *(f"-X {p}.{name}={value}" for p in packages for name, value in values.items())]
    )
