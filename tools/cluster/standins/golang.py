"""Stand-ins of programs from Go modules: nothing but the program in each image."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.bootstrap.disk import require_free
from tools.bootstrap.go import ensure_go
from tools.bootstrap.go_build import go_build, go_floor
from tools.bootstrap.kept import Kept
from tools.bootstrap.lock import exclusive
from tools.bootstrap.progress import run
from tools.cluster.build import ensure_built
from tools.cluster.image import NOBODY, tar_of
from tools.cluster.standins.standin import StandIn

MANIFESTS = "manifests.yaml"
_MODULES = Path(__file__).with_name("go")


@dataclass(frozen=True, kw_only=True)
class GoPrograms:
    """Programs of one Go module, built together since they share most of what is compiled."""

    name: str
    """A folder of `go/`, whose go.mod and go.sum pin everything."""
    version: str
    packages: Mapping[str, str]
    """Program -> Go package."""
    ldflags: str = "-s -w"
    disk_gigabytes: float
    manifests: Callable[[Path, Path], None] | None = None
    """Writes the release's own `MANIFESTS`; given the folder of modules and the one to write to."""

    @property
    def kept(self) -> Kept:
        return Kept(
            room=f"stand-ins/{self.name}-programs",
            version=self.version,
            pins=self.pins,
            programs=(*self.packages, *([MANIFESTS] if self.manifests else [])),
        )

    @property
    def pins(self) -> tuple[Path, ...]:
        return tuple(_MODULES / self.name / name for name in ("go.mod", "go.sum"))

    def folder(self) -> Path:
        """The folder of programs, built if it is not there. Raises ToolError."""
        kept = self.kept
        if found := kept.complete():
            return found
        with exclusive(kept.lock, f"building {self.name}"):
            return kept.complete() or self._build()

    def standin(self, name: str, program: str, target: str) -> StandIn:
        """The image of one program, found in it as `target`."""

        def layer(scratch: Path) -> Path:
            tar = scratch / "layer.tar"
            tar.write_bytes(tar_of(self.folder() / program, target))
            return tar

        return StandIn(
            name=name,
            version=self.version,
            pins=[*self.pins, Path(__file__)],
            run={"Entrypoint": [target], "User": NOBODY},
            layer=layer,
        )

    def _build(self) -> Path:
        kept = self.kept
        require_free(kept.home.parent, self.disk_gigabytes, f"building {self.name} (once)")
        module, work = _MODULES / self.name, kept.home / "go"
        go = ensure_go(go_floor(module))
        with kept.assembled() as folder:
            for program, package in self.packages.items():
                target = folder / program
                go_build(go, package, target, module=module, work=work, ldflags=self.ldflags)
            if self.manifests:
                self.manifests(work / "modules", folder)
        shutil.rmtree(work)
        return kept.bin_dir


def kustomized(kustomization: Path, scratch: Path) -> str:
    """What kubectl makes of a folder of a release. Raises ToolError."""
    made = scratch / "kustomized.yaml"
    words = ["kustomize", kustomization, f"--output={made}"]
    run(f"reading {kustomization.name}", [ensure_built() / "kubectl", *words])
    try:
        return made.read_text()
    finally:
        made.unlink()
