"""The cluster's own programs: one folder per content of the files that pin them."""

from __future__ import annotations

from pathlib import Path

from tools.bootstrap.go_build import required_version
from tools.bootstrap.kept import Kept

MODULES = Path(__file__).resolve().parent
KUBERNETES = (
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kubelet",
    "kube-proxy",
    "kubectl",
)
DNS = "coredns"
IMAGES = ("pause", "hello")
"""Static programs that containers run: the holder of a pod's namespaces, a server for tests."""
BUILDKIT = "buildkitd"
KUBERNETES_VERSION = required_version(MODULES / "kubernetes", "k8s.io/kubernetes")
BUILDKIT_VERSION = required_version(MODULES / BUILDKIT, "github.com/moby/buildkit")


def cluster() -> Kept:
    """`<cache>/cluster/<Kubernetes version>-<hash of go.mod, go.sum and our sources>`."""
    return Kept(
        room="cluster",
        version=KUBERNETES_VERSION,
        pins=[
            *(MODULES / "kubernetes" / name for name in ("go.mod", "go.sum")),
            *(MODULES / "dns" / name for name in ("go.mod", "go.sum", "main.go")),
            MODULES / "images" / "go.mod",
            *(MODULES / "images" / name / "main.go" for name in IMAGES),
        ],
        programs=(*KUBERNETES, DNS, *IMAGES),
    )


def builder() -> Kept:
    """`<cache>/buildkitd/<version>-<hash of go.mod and go.sum>`."""
    return Kept(
        room=BUILDKIT,
        version=BUILDKIT_VERSION,
        pins=[MODULES / BUILDKIT / name for name in ("go.mod", "go.sum")],
        programs=(BUILDKIT,),
    )
