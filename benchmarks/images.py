"""Images built, pushed and weighed: by the cluster's BuildKit, through BuildKit's own client."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.context import CannotMeasureError
from benchmarks.rounds import Figures
from stacks.build_secrets import build_secrets
from tests.support.registry_content import manifest
from tools.bootstrap.go import ensure_go
from tools.bootstrap.go_build import go_build, go_floor
from tools.bootstrap.kept import Kept
from tools.bootstrap.kept_build import built
from tools.cluster.kept import BUILDKIT_VERSION
from tools.cluster.layout import BUILDER_SOCKET, REGISTRY
from tools.cluster.lifecycle import running

_MODULE = Path(__file__).parent / "buildctl"
_CLIENT = Kept(
    room="buildctl",
    version=BUILDKIT_VERSION,
    pins=[_MODULE / name for name in ("go.mod", "go.sum")],
    programs=("buildctl",),
)
_MIB = 2**20


@dataclass(frozen=True)
class Builder:
    """Of the cluster of `make cluster`; `base` is the image that everything is built on."""

    client: Path
    base: str
    work: Path

    def build(
        self,
        name: str,
        context: Path,
        *more: str,
        layers: str = "oci-mediatypes=true",
        cold: bool = False,
    ) -> float:
        """Build and push `slipway/bench-<name>`; seconds until the registry has it.

        `cold` uses no step of an earlier build. `layers` are options of the exporter.
        Raises CalledProcessError with BuildKit's words on standard error.
        """
        target = f"type=image,name={REGISTRY}/{_repository(name)}:bench,push=true,{layers}"
        begun = time.perf_counter()
        self._run(context, *more, *(["--no-cache"] if cold else []), "--output", target)
        return time.perf_counter() - begun

    def sizes(self, name: str, context: Path, *more: str) -> Figures:
        """MiB of a built image: of its blobs in the registry, and of all its files as a tar."""
        tar = self.work / "image.tar"
        self._run(context, *more, "--output", f"type=tar,dest={tar}")
        unpacked = tar.stat().st_size
        tar.unlink()
        return {"in the registry": _pushed_bytes(name) / _MIB, "unpacked": unpacked / _MIB}

    def _run(self, context: Path, *more: str) -> None:
        # A busy builder takes longer to answer than the client waits by itself.
        words = [self.client, "--addr", f"unix://{BUILDER_SOCKET}", "--timeout=60"]
        words += ["build", "--progress=plain", "--frontend", "dockerfile.v0"]
        words += ["--local", f"context={context}", "--local", f"dockerfile={context}"]
        words += ["--opt", f"build-arg:BASE_IMAGE={self.base}"]
        words += ["--opt", "build-arg:SOURCE_DATE_EPOCH=0"]
        for secret in sorted(build_secrets()):
            words += ["--secret", f"id={secret},src={self.work / secret}"]
        subprocess.run([*words, *more], check=True, stdout=subprocess.DEVNULL)


def builder(base: str, work: Path) -> Builder:
    """Raises CannotMeasureError where no cluster runs, ToolError where the client has no build."""
    if not running():
        raise CannotMeasureError("BuildKit and the registry are the cluster's: sudo make cluster")
    for name, content in build_secrets().items():
        (work / name).write_text(content)
    folder = built(_CLIENT, f"buildctl {BUILDKIT_VERSION}", 2.0, _build_client)
    return Builder(folder / "buildctl", base, work)


def _build_client(folder: Path, work: Path) -> None:
    package = "github.com/moby/buildkit/cmd/buildctl"
    go = ensure_go(go_floor(_MODULE))
    go_build(go, package, folder / "buildctl", module=_MODULE, work=work, ldflags="-s -w")


def _repository(name: str) -> str:
    return f"slipway/bench-{name}"


def _pushed_bytes(name: str) -> int:
    """Of the layers and the configuration, compressed as they are pulled."""
    found = manifest(_repository(name), "bench")
    return found["config"]["size"] + sum(layer["size"] for layer in found["layers"])
