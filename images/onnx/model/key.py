"""The artefact's content address."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict
from functools import cache
from pathlib import Path

from images.onnx.model.recipe import Recipe

ROOT = Path(__file__).parents[3]
PROMPTS = Path(__file__).with_name("prompts.txt")
LAYOUT = 1
"""Of the artefact folder; raise it when its files change."""


def artifact_key(identity: str, quantization: str, device: str, recipe: Recipe | None) -> str:
    """64 hex digits over everything that shapes the artefact.

    `recipe` is None for a ready-made ONNX folder, which is taken as it is.
    """
    parts = {
        "source": identity,
        "quantization": quantization,
        "device": device,
        "recipe": asdict(recipe) if recipe else None,
        "libraries": list(libraries()) if recipe else [],
        "prompts": hashlib.sha256(PROMPTS.read_bytes()).hexdigest(),
        "layout": LAYOUT,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def libraries() -> tuple[str, ...]:
    """The pinned requirements of the conversion environment, as `name==version`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return tuple(sorted(project["dependency-groups"]["convert"]))
