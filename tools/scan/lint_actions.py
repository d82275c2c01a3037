"""actionlint, from its Go module: PyPI's packages of it download a program at install."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.bootstrap.errors import ToolError
from tools.bootstrap.go import ensure_go
from tools.bootstrap.go_build import go_build, go_floor, required_version
from tools.bootstrap.kept import Kept
from tools.bootstrap.kept_build import built
from tools.scan.exceptions import Finding

_MODULE = Path(__file__).parent / "actionlint"
_PROGRAM = "actionlint"
_PACKAGE = "github.com/rhysd/actionlint"
_GIGABYTES = 0.5


def findings(files: Sequence[Path]) -> list[Finding]:
    """Raises ToolError where it cannot be built, or cannot read them."""
    program = built(_kept(), "actionlint", _GIGABYTES, _build) / _PROGRAM
    # Two more linters run where a machine happens to have them: the same everywhere is neither.
    options = ("-shellcheck=", "-pyflakes=", "-format", "{{json .}}")
    done = subprocess.run([program, *options, *files], capture_output=True, text=True, check=False)
    if done.returncode > 1:
        raise ToolError(f"actionlint: {done.stderr[-2000:]}")
    return [
        Finding(
            check=f"actionlint:{row['kind']}",
            where=f"{Path(row['filepath']).name}:{row['line']}",
            what=row["message"],
        )
        for row in json.loads(done.stdout)
    ]


def _kept() -> Kept:
    version = required_version(_MODULE, _PACKAGE)
    pins = [_MODULE / name for name in ("go.mod", "go.sum")]
    return Kept(room=_PROGRAM, version=version, pins=pins, programs=(_PROGRAM,))


def _build(folder: Path, work: Path) -> None:
    go_build(
        ensure_go(go_floor(_MODULE)),
        f"{_PACKAGE}/cmd/actionlint",
        folder / _PROGRAM,
        module=_MODULE,
        work=work,
        ldflags="-s -w",
    )
