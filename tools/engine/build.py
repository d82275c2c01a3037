"""The engine from Go modules, for machines that reach only package registries."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.bootstrap import version
from tools.bootstrap.go import ensure_go
from tools.bootstrap.progress import run
from tools.engine.kept import MODULES, PULUMI_VERSION, home

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
    go = ensure_go(max(_go_floor(CLI), _go_floor(LANGUAGE_HOST)))
    for program in (LANGUAGE_HOST, CLI):
        build_one(go, program, folder)
    copy_scripts(go, folder)
    shutil.rmtree(_work())


def build_one(go: Path, program: Program, folder: Path) -> None:
    """`go build` of one program; raises ToolError with the compiler's words."""
    run(
        f"building {program.name} with Go",
        [go, "build", "-ldflags", _LINKED_VERSION, "-o", folder / program.name, program.package],
        cwd=MODULES / program.module,
        env=environment(),
    )


def copy_scripts(go: Path, folder: Path) -> None:
    """Copy the three scripts of the sdk module that the language host was built with."""
    listed = subprocess.run(
        [go, "list", "-m", "-f", "{{.Dir}}", _SDK],
        cwd=MODULES / LANGUAGE_HOST.module,
        env={**os.environ, **environment()},
        capture_output=True,
        text=True,
        check=True,
    )
    for script in _SCRIPTS:
        target = folder / Path(script).name
        shutil.copyfile(Path(listed.stdout.strip()) / script, target)
        target.chmod(0o755)


def environment() -> dict[str, str]:
    """Caches of its own, no C compiler, no other Go toolchain, nothing but go.sum trusted."""
    return {
        "CGO_ENABLED": "0",
        "GOCACHE": str(_work() / "build"),
        "GOFLAGS": "-mod=readonly -modcacherw -trimpath -buildvcs=false",
        "GOMODCACHE": str(_work() / "modules"),
        "GOTOOLCHAIN": "local",
        "GOWORK": "off",
    }


def _work() -> Path:
    return home() / "go"


def _go_floor(program: Program) -> version.Version:
    text = (MODULES / program.module / "go.mod").read_text()
    found = re.search(r"^go (\S+)$", text, re.MULTILINE)
    assert found, f"{program.module}/go.mod names its Go"
    return version.parse(found.group(1)) or ()
