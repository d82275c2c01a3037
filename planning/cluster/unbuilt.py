"""Rules: what can be planned, but is not made on a cluster; nothing is left out silently."""

from __future__ import annotations

from collections.abc import Iterator

from planning.choice import Candidate
from planning.problems import Problem
from planning.settings import Settings


def unbuilt_keys(settings: Settings, chosen: Candidate) -> Iterator[Problem]:
    start, pool = settings.start, settings.pool
    own = settings.images.overrides.named(chosen.engine) is not None
    if start.weights == "s3" and settings.target != "kubernetes":
        yield _unbuilt(
            settings, "start.weights", "s3", "source, nvme, baked or image-volume", "write source"
        )
    if start.weights == "baked" and chosen.engine != "onnx" and not own:
        yield _unbuilt(
            settings,
            "start.weights",
            "baked, while the image is the upstream one",
            "baked with an image of your own",
            f"write images.overrides: {{{chosen.engine}: <image with weights>@sha256:<digest>}}",
            "or write volume: filled once by a job",
        )
    if start.compile_cache == "baked" and not own:
        yield _unbuilt(
            settings,
            "start.compileCache",
            "baked, while the image is the upstream one",
            "volume, or baked with an image of your own",
            "write volume",
        )
    if start.image == "prepulled":
        yield _unbuilt(settings, "start.image", "prepulled", "pull", "leave it out")
    if pool is not None and pool.gpu_allocation == "dra":
        yield _unbuilt(
            settings, "pools[0].gpuAllocation", "dra", "device-plugin", "write device-plugin"
        )


def _unbuilt(settings: Settings, key: str, got: str, allowed: str, *fixes: str) -> Problem:
    return Problem(
        path=f"slipway:{key}",
        code="planned-only",
        got=f"{got}, which is planned but not made on {settings.target}",
        allowed=allowed,
        fixes=fixes,
    )
