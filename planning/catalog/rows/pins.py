"""Images and charts of others, pinned."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from planning.catalog.rows.base import Fact, Row

Digest = Annotated[str, Meta(pattern=r"^sha256:[0-9a-f]{64}\Z")]


class ImageFacts(Fact):
    """An upstream image. What has no digest yet is unresolved: `make pins` asks its registry."""

    name: Literal["python", "envoy", "ratelimit", "redis", "vllm", "triton", "tensorrt-llm"]
    """Its name in `slipway:images.overrides`."""
    reference: Annotated[str, Meta(pattern=r"^[a-z0-9.-]+\.[a-z]+/[^@\s]+:[^@\s/]+\Z")]
    """Registry, path and tag."""
    digest: Digest | None = None
    """Of the index over all platforms, where there is one; absent: unresolved."""


ImageRow = Row[ImageFacts]
