"""Kubernetes from Go modules, once."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.bootstrap.disk import require_free
from tools.bootstrap.go import ensure_go
from tools.bootstrap.go_build import go_build, go_floor
from tools.bootstrap.lock import exclusive
from tools.bootstrap.progress import say
from tools.cluster.kept import DNS, IMAGES, KUBERNETES, KUBERNETES_VERSION, MODULES, cluster

DISK_GIGABYTES = 8.0


def ensure_built() -> Path:
    """The folder of programs, built if it is not there.

    Raises ToolError where disk, Go or the module proxy is missing.
    """
    kept = cluster()
    if found := kept.complete():
        return found
    with exclusive(kept.lock, "building Kubernetes"):
        return kept.complete() or _build()


def _build() -> Path:
    kept = cluster()
    require_free(kept.home.parent, DISK_GIGABYTES, "building Kubernetes (once)")
    say(f"building Kubernetes {KUBERNETES_VERSION} from Go modules (once)")
    module, dns, images = (MODULES / name for name in ("kubernetes", "dns", "images"))
    work = kept.home / "go"
    go = ensure_go(max(map(go_floor, (module, dns, images))))
    with kept.assembled() as folder:
        for name in KUBERNETES:
            package = f"k8s.io/kubernetes/cmd/{name}"
            target = folder / name
            go_build(go, package, target, module=module, work=work, ldflags=_linked_version())
        go_build(go, ".", folder / DNS, module=dns, work=work, ldflags="-s -w")
        for name in IMAGES:
            go_build(go, f"./{name}", folder / name, module=images, work=work, ldflags="-s -w")
    shutil.rmtree(work)
    return kept.bin_dir


def _linked_version() -> str:
    major, minor, _ = KUBERNETES_VERSION.split(".")
    values = {"gitVersion": f"v{KUBERNETES_VERSION}", "gitMajor": major, "gitMinor": minor}
    packages = ("k8s.io/client-go/pkg/version", "k8s.io/component-base/version")
    return " ".join(
        ["-s -w", *(f"-X {p}.{name}={value}" for p in packages for name, value in values.items())]
    )
