"""`python -m tools.scan.schemas`: every object against the API's schema, unknown keys refused.

The oldest Kubernetes that the objects are for, and the newest one that has a schema.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate as validator
from kubernetes_validate import utils

from tools.scan.manifests import FOLDER, pods, rendered

OLDEST = "1.30"
IMAGE_VOLUMES = "1.33"
"""The first that takes them (planning/catalog/kubernetes_features.yaml)."""


def problems(folder: Path) -> tuple[list[str], set[str]]:
    """What a schema refuses, and the kinds that have none: of these, the pods alone are checked."""
    # The library reads and parses its files anew for each object.
    utils.schema_contents = functools.cache(utils.schema_contents)
    found: list[str] = []
    unknown: set[str] = set()
    for where, made in rendered(folder):
        for version in (_oldest(made), validator.latest_version()):
            try:
                validator.validate(made, version, strict=True)
            except validator.SchemaNotFoundError:
                unknown.add(made["kind"])
                found += _of_pods(where, made, version)
            except validator.ValidationError as error:
                found.append(_words(where, version, error))
    return found, unknown


def _oldest(made: dict[str, Any]) -> str:
    volumes = (one for pod in pods(made) for one in pod["spec"].get("volumes", ()))
    return IMAGE_VOLUMES if any("image" in volume for volume in volumes) else OLDEST


def _of_pods(where: str, made: dict[str, Any], version: str) -> Iterator[str]:
    for template in pods(made):
        alone = {"apiVersion": "v1", "kind": "PodTemplate", "template": template}
        try:
            validator.validate(alone, version, strict=True)
        except validator.ValidationError as error:
            yield _words(where, version, error)


def _words(where: str, version: str, error: validator.ValidationError) -> str:
    path = ".".join(str(step) for step in error.path)
    return f"{where}: Kubernetes {version}: {path}: {error.message}"


def main() -> int:
    found, unknown = problems(FOLDER)
    print("\n".join(found))
    kinds = ", ".join(sorted(unknown)) or "none"
    print(f"{len(found)} refused; kinds without a schema, of which the pods were checked: {kinds}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
