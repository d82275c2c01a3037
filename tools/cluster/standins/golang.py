"""Stand-ins of programs from Go modules: nothing but the program in each image."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tools.bootstrap.go import ensure_go
from tools.bootstrap.go_build import go_build, go_environment, go_floor
from tools.bootstrap.kept import Kept
from tools.bootstrap.kept_build import built
from tools.bootstrap.progress import run
from tools.cluster.image import NOBODY, tar_of
from tools.cluster.standins.standin import StandIn

_MODULES = Path(__file__).with_name("go")
_MANIFESTS = "manifests.json"


@dataclass(frozen=True, kw_only=True)
class GoPrograms:
    """Programs of one release, built together since they share most of what is compiled."""

    name: str
    """A folder of `go/`, whose go.mod and go.sum pin everything."""
    version: str
    packages: Mapping[str, str]
    """Program -> Go package; none where only the manifests are wanted."""
    ldflags: str = "-s -w"
    tags: str = ""
    """Build tags, separated by commas."""
    disk_gigabytes: float
    manifests: Callable[[Path], Iterable[str]] = lambda _: ()
    """The release's own manifests as YAML, given the folder of Go's modules."""

    def folder(self) -> Path:
        """The folder of programs, built if it is not there. Raises ToolError."""
        return built(self._kept, self.name, self.disk_gigabytes, self._build)

    def published(self) -> list[dict[str, Any]]:
        """The release's own manifests, in their order. Raises ToolError."""
        return json.loads((self.folder() / _MANIFESTS).read_text())

    def standin(self, name: str, program: str, target: str) -> StandIn:
        """The image of one program, found in it as `target`."""

        def layer(scratch: Path) -> Path:
            tar = scratch / "layer.tar"
            tar.write_bytes(tar_of(self.folder() / program, target))
            return tar

        return StandIn(
            name=name,
            version=self.version,
            pins=self._pins,
            run={"Entrypoint": [target], "User": NOBODY},
            layer=layer,
        )

    @property
    def _kept(self) -> Kept:
        return Kept(
            room=f"stand-ins/{self.name}-programs",
            version=self.version,
            pins=self._pins,
            programs=(*self.packages, _MANIFESTS),
        )

    @property
    def _pins(self) -> tuple[Path, ...]:
        return tuple(_MODULES / self.name / name for name in ("go.mod", "go.sum"))

    def _build(self, folder: Path, work: Path) -> None:
        module = _MODULES / self.name
        go = ensure_go(go_floor(module))
        for program, package in self.packages.items():
            target = folder / program
            go_build(
                go,
                package,
                target,
                module=module,
                work=work,
                ldflags=self.ldflags,
                tags=self.tags,
            )
        if not self.packages:
            run("fetching manifests", [go, "mod", "download"], cwd=module, env=go_environment(work))
        texts = self.manifests(work / "modules")
        (folder / _MANIFESTS).write_text(json.dumps(list(_documents(texts))))


def _documents(texts: Iterable[str]) -> Iterable[dict[str, Any]]:
    """Some releases have megabytes of them: libyaml reads these in seconds."""
    for text in texts:
        yield from filter(None, yaml.load_all(text, Loader=yaml.CSafeLoader))
