"""`python -m tools.scan.users`: no pod is root's or a system user's.

Checkov asks for users from 10000, which two engines' images have not; this holds what is left.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.scan.manifests import FOLDER, pods, rendered

FIRST = 1000
"""Of people and services; lower ones belong to the system."""


def problems(folder: Path) -> list[str]:
    """`<file>: <kind>/<name>: …` for each pod that says no user of its own."""
    return [f"{where}: {said}" for where, made in rendered(folder) for said in _said(made)]


def _said(made: dict[str, Any]) -> Iterator[str]:
    for pod in pods(made):
        context = pod["spec"].get("securityContext", {})
        if context.get("runAsNonRoot") is not True:
            yield "runAsNonRoot is not true"
        if context.get("runAsUser", 0) < FIRST:
            yield f"runAsUser is below {FIRST}"


def main() -> int:
    found = problems(FOLDER)
    print("\n".join(found) if found else "every pod has a user of its own")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
