"""`python -m tools.scan.dockerfiles`: every Dockerfile of the checkout as hadolint sees it."""

from __future__ import annotations

import json
from pathlib import Path

from tools.bootstrap.errors import ToolError, run_main
from tools.lint.sources import sources
from tools.scan.exceptions import Finding, judged
from tools.scan.isolated import HADOLINT, isolated


def dockerfiles() -> list[Path]:
    return [path for path in sources() if "Dockerfile" in path.name.split(".")]


def findings(files: list[Path]) -> list[Finding]:
    """Raises ToolError where it cannot read one."""
    done = isolated(HADOLINT, "hadolint", "--no-fail", "--format", "json", *map(str, files))
    if done.returncode:
        raise ToolError(f"hadolint: {done.stderr[-2000:]}")
    return [
        Finding(check=row["code"], where=f"{row['file']}:{row['line']}", what=row["message"])
        for row in json.loads(done.stdout)
    ]


def main() -> int:
    files = dockerfiles()
    if not files:
        raise ToolError("the checkout holds no Dockerfile")
    found = judged(findings(files), "DL")
    print("\n".join(found) if found else f"hadolint finds nothing in {len(files)} Dockerfiles")
    return 1 if found else 0


if __name__ == "__main__":
    run_main(main)
