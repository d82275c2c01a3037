"""Images by digest: what a stack runs, and that the next one runs the same."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import yaml

from planning.plan import make_plan
from planning.stackfile import load_stack_file, stack_name
from tools.bootstrap.paths import ROOT
from tools.ci.engine import Engine
from tools.ci.output import FOLDER, written

_BUILT = "docker-build:index:Image"
_DIGEST = "@sha256:"
_KEY = "slipway:images"

Images = Mapping[str, str]
"""References with digests, by the name that `slipway:images.overrides` has for them."""


def builds(file: Path) -> bool:
    """Whether `up` of this stack file would build an image."""
    plan = make_plan(load_stack_file(ROOT / file), stack=stack_name(file))
    spec = plan.eks.serving if plan.eks else plan.kubernetes
    return spec is not None and spec.build is not None


def built(state: Mapping[str, Any]) -> Images:
    """What the stack has built, from its exported state."""
    return {
        Path(one["inputs"]["context"]["location"]).name: one["outputs"]["ref"]
        for one in _resources(state)
        if one["type"] == _BUILT
    }


def running(state: Mapping[str, Any]) -> dict[str, str]:
    """Digests of what its pods run, by the last part of the image's path."""
    found = (image for one in _resources(state) for image in _images(one.get("inputs")))
    return {
        image.partition("@")[0].rpartition("/")[2].partition(":")[0]: image.rpartition("@")[2]
        for image in found
    }


def last_run(engine: Engine) -> Images:
    """What its last `up` was told to run instead of building it."""
    history = json.loads(engine.ask("stack", "history", "--json", "--page-size", "20"))
    for one in history:
        if one["kind"] == "update" and one["result"] == "succeeded":
            images: dict[str, Images] = one["config"].get(_KEY, {}).get("objectValue") or {}
            return images.get("overrides", {})
    return {}


@contextmanager
def configured(file: Path, images: Images) -> Generator[tuple[str, ...]]:
    """Options that have a stack run `images`; its own file stays as it is.

    None of them where it would build nothing anyway, or its file names the image.
    """
    if not images or not builds(file):
        yield ()
        return
    document: dict[str, Any] = yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))
    section = document["config"].setdefault(_KEY, {})
    section["overrides"] = {**images, **section.get("overrides", {})}
    copy = written(FOLDER / "config" / file.name, yaml.safe_dump(document))
    try:
        yield ("--config-file", str(copy))
    finally:
        copy.unlink()


def _resources(state: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] | None = state["deployment"].get("resources")
    return found or []


def _images(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for one in cast(list[object], value):
            yield from _images(one)
    elif isinstance(value, dict):
        for key, inner in cast(dict[str, object], value).items():
            if key == "image" and isinstance(inner, str) and _DIGEST in inner:
                yield inner
            else:
                yield from _images(inner)
