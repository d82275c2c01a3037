"""Images: those that are there by digest, and those that `up` builds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ImageBuildSpec:
    """An image that `up` builds and pushes."""

    name: str
    """A folder of `images/`."""
    repository: str
    """Registry and path, without tag: `registry.example.com/slipway/onnx`."""
    base: str
    """What it builds on, by digest."""
    platform: str
    """Such as `linux/amd64`."""
    cache: bool
    """Keep the layers' cache in the same repository, so that another machine builds fast too."""
    builder: str | None
    """Name of a buildx builder; None: the one that is current."""
