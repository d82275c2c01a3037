"""The rendered manifests of every stack that has a golden."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import yaml

from tools.bootstrap.paths import ROOT

FOLDER = ROOT / "tests" / "golden" / "manifests"
"""A test holds these files against what is rendered."""


def rendered(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object with `<file>: <kind>/<name>`; raises ValueError where there is none."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise ValueError(f"{folder} holds no manifest")
    for file in files:
        for made in yaml.safe_load_all(file.read_text()):
            yield f"{file.name}: {made['kind']}/{made['metadata']['name']}", made


def pods(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything in an object that is a pod: the object itself, or its templates."""
    if "containers" in made.get("spec", {}):
        yield made
    for inner in made.values():
        if isinstance(inner, dict):
            yield from pods(cast(dict[str, Any], inner))
