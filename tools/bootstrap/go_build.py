"""Programs built from Go modules, for machines that reach only package registries."""

from __future__ import annotations

import re
from pathlib import Path

from tools.bootstrap import version
from tools.bootstrap.progress import run


def go_build(
    go: Path,
    package: str,
    target: Path,
    *,
    module: Path,
    work: Path,
    ldflags: str,
    tags: str = "",
) -> None:
    """Build one program of the modules that `module` pins; `work` gets Go's caches.

    Minutes on all cores: whatever else runs on the machine goes first.
    Raises ToolError with the compiler's words.
    """
    run(
        f"building {target.name} with Go",
        [
            *("nice", "-n", "15", go, "build"),
            *("-tags", tags, "-ldflags", ldflags, "-o", target, package),
        ],
        cwd=module,
        env=go_environment(work),
    )


def go_environment(work: Path) -> dict[str, str]:
    """Caches of its own, no C compiler, no other Go toolchain, nothing but go.sum trusted."""
    return {
        "CGO_ENABLED": "0",
        "GOCACHE": str(work / "build"),
        "GOFLAGS": "-mod=readonly -modcacherw -trimpath -buildvcs=false",
        "GOMODCACHE": str(work / "modules"),
        "GOTOOLCHAIN": "local",
        "GOWORK": "off",
    }


def go_floor(module: Path) -> version.Version:
    """The oldest Go that compiles the module in this folder."""
    found = re.search(r"^go (\S+)$", (module / "go.mod").read_text(), re.MULTILINE)
    assert found, f"{module}/go.mod names its Go"
    return version.parse(found.group(1)) or ()


def required_version(module: Path, path: str) -> str:
    """The version, without its `v`, at which the go.mod in this folder requires `path`."""
    found = re.search(rf"\b{re.escape(path)} v(\S+)", (module / "go.mod").read_text())
    assert found, f"{module}/go.mod requires {path}"
    return found.group(1)
