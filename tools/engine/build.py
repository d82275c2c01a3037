"""The engine from Go modules, for machines that reach only package registries."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.bootstrap.go import ensure_go
from tools.bootstrap.go_build import go_build, go_environment, go_floor
from tools.engine.kept import MODULES, PULUMI_VERSION, engine

DISK_GIGABYTES = 8.0
_SDK = "github.com/pulumi/pulumi/sdk/v3"
_LINKED_VERSION = f"-s -w -X {_SDK}/go/common/version.Version={PULUMI_VERSION}"
_SCRIPTS = (
    "python/cmd/pulumi-language-python-exec",
    "python/dist/pulumi-resource-pulumi-python",
    "python/dist/pulumi-analyzer-policy-python",
)


@dataclass(frozen=True)
class Program:
    name: str
    module: str
    """Folder with the go.mod and go.sum that pin it."""
    package: str


CLI = Program("pulumi", "cli", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi")
LANGUAGE_HOST = Program(
    "pulumi-language-python",
    "language-python",
    "github.com/pulumi/pulumi/sdk/python/cmd/pulumi-language-python/v3",
)


def build_all(folder: Path) -> None:
    """Build both programs into `folder`, with the scripts that the language host calls.

    Go's caches live beside the result and go when it stands; an interrupted build goes on.
    """
    go = ensure_go(max(go_floor(MODULES / p.module) for p in (CLI, LANGUAGE_HOST)))
    for program in (LANGUAGE_HOST, CLI):
        build_one(go, program, folder)
    copy_scripts(go, folder)
    shutil.rmtree(_work())


def build_one(go: Path, program: Program, folder: Path) -> None:
    """`go build` of one program; raises ToolError with the compiler's words."""
    go_build(
        go,
        program.package,
        folder / program.name,
        module=MODULES / program.module,
        work=_work(),
        ldflags=_LINKED_VERSION,
    )


def copy_scripts(go: Path, folder: Path) -> None:
    """Copy the three scripts of the sdk module that the language host was built with."""
    listed = subprocess.run(
        [go, "list", "-m", "-f", "{{.Dir}}", _SDK],
        cwd=MODULES / LANGUAGE_HOST.module,
        env={**os.environ, **go_environment(_work())},
        capture_output=True,
        text=True,
        check=True,
    )
    for script in _SCRIPTS:
        target = folder / Path(script).name
        shutil.copyfile(Path(listed.stdout.strip()) / script, target)
        target.chmod(0o755)


def _work() -> Path:
    return engine().home / "go"
