"""Provider plugins of programs that run on a cluster: found, downloaded or built.

Where Pulumi can download plugins itself nobody needs this: it is for tests, and for machines that
reach only package registries.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.bootstrap.disk import require_free
from tools.bootstrap.go import ensure_go
from tools.bootstrap.go_build import go_build, go_floor, required_version
from tools.bootstrap.kept import Kept
from tools.bootstrap.lock import exclusive
from tools.bootstrap.paths import cache_dir
from tools.bootstrap.progress import say
from tools.engine import release
from tools.engine.kept import MODULES

DISK_GIGABYTES = 12.0


@dataclass(frozen=True, kw_only=True)
class Provider:
    name: str
    version: str
    """What programs ask for."""
    package: str
    linked: str
    """The Go variable that gets the version."""
    sources: Sequence[str] = ()
    """Our own files that it is built from, besides go.mod and go.sum."""

    @property
    def module(self) -> Path:
        return MODULES / f"provider-{self.name}"

    @property
    def program(self) -> str:
        return f"pulumi-resource-{self.name}"

    def kept(self) -> Kept:
        """`<cache>/provider-<name>/<version>-<hash of the pins>`."""
        return Kept(
            room=f"provider-{self.name}",
            version=self.version,
            pins=[self.module / name for name in ("go.mod", "go.sum", *self.sources)],
            programs=(self.program,),
        )


KUBERNETES = Provider(
    name="kubernetes",
    # Its go.mod can only name the commit: the tags of the repository are those of the SDKs.
    version="4.25.0",
    package=".",
    linked="github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version",
    sources=("main.go",),
)
DOCKER_BUILD = Provider(
    name="docker-build",
    version=required_version(
        MODULES / "provider-docker-build", "github.com/pulumi/pulumi-docker-build"
    ),
    package="github.com/pulumi/pulumi-docker-build/provider/cmd/pulumi-resource-docker-build",
    linked="github.com/pulumi/pulumi-docker-build/provider.Version",
    sources=(
        "stubs/dotnet/go.mod",
        "stubs/dotnet/codegen/package_info.go",
        "stubs/java/go.mod",
        "stubs/java/pkg/codegen/java/package_info.go",
    ),
)
PROVIDERS = (KUBERNETES, DOCKER_BUILD)


def locate() -> list[Path]:
    """Folders of those plugins that are there; put them on PATH. Looks only, installs nothing."""
    return [folder for provider in PROVIDERS if (folder := provider.kept().complete())]


def ensure() -> list[Path]:
    """Like `locate`, but installs what is missing: official release first, then a Go build.

    Raises ToolError where nothing works.
    """
    if len(found := locate()) == len(PROVIDERS):
        return found
    with exclusive(cache_dir() / "providers.lock", "installing Pulumi's providers"):
        missing = [provider for provider in PROVIDERS if provider.kept().complete() is None]
        try:
            for provider in missing:
                _download(provider)
        except release.UnreachableError as error:
            say(f"official provider releases: {error}; building them from Go modules (13 minutes)")
            _build([provider for provider in missing if provider.kept().complete() is None])
    return locate()


def _download(provider: Provider) -> None:
    with provider.kept().assembled() as folder:
        release.download(release.provider_release(provider.name, provider.version), folder)


def _build(missing: Sequence[Provider]) -> None:
    """One set of Go caches for all, so that what they share compiles once."""
    work = cache_dir() / "providers-go"
    require_free(cache_dir(), DISK_GIGABYTES, "building Pulumi's providers (once)")
    go = ensure_go(max(go_floor(provider.module) for provider in missing))
    for provider in missing:
        with provider.kept().assembled() as folder:
            go_build(
                go,
                provider.package,
                folder / provider.program,
                module=provider.module,
                work=work,
                ldflags=f"-s -w -X {provider.linked}={provider.version}",
            )
    shutil.rmtree(work)
