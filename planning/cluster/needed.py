"""The upstream images that a plan needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planning.catalog import Catalog
from planning.choice import Candidate
from planning.cluster.pins import Pin, image_pin
from planning.image_names import ImageName
from planning.settings import Settings


def needed_pins(settings: Settings, chosen: Candidate, catalog: Catalog) -> Mapping[ImageName, Pin]:
    """By name; what `up` builds itself is not among them, but what that is built on."""
    images = settings.images
    return {name: image_pin(name, images, catalog, row) for name, row in _names(settings, chosen)}


def builds(settings: Settings, chosen: Candidate) -> bool:
    """Whether `up` builds the engine's image."""
    images = settings.images
    return chosen.engine == "onnx" and images.overrides.onnx is None and images.build


def _names(settings: Settings, chosen: Candidate) -> Iterator[tuple[ImageName, str | None]]:
    if builds(settings, chosen):
        yield "python", None
    elif chosen.engine != "onnx":
        yield chosen.engine, chosen.engine_version
    elif settings.images.overrides.onnx is not None:
        yield "onnx", None
    yield "envoy", None
    if settings.access.requests_per_minute is not None:
        yield "ratelimit", None
        yield "redis", None
    if settings.gateway.routing == "prefix-aware":
        yield "endpoint-picker", None
