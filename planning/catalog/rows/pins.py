"""Images and charts of others, pinned."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, field

from planning.catalog.rows.base import Fact, Row
from planning.catalog.rows.hardware import Version
from planning.image_names import UpstreamImage

Digest = Annotated[str, Meta(pattern=r"^sha256:[0-9a-f]{64}\Z")]


class ImageFacts(Fact):
    """An upstream image. What has no digest yet is unresolved: `make pins` asks its registry."""

    name: UpstreamImage
    """Its name in `slipway:images.overrides`."""
    reference: Annotated[str, Meta(pattern=r"^[a-z0-9.-]+\.[a-z]+/[^@\s]+:[^@\s/]+\Z")]
    """Registry, path and tag."""
    digest: Digest | None = None
    """Of the index over all platforms, where there is one; absent: unresolved."""


class ChartFacts(Fact):
    """An operator as a Helm chart, by the name that `slipway:kubernetes.operators` gives it."""

    chart: Annotated[str, Meta(min_length=1)]
    repository: Annotated[str, Meta(pattern=r"^https://\S+\Z")] | None = None
    """Absent: `chart` says it all."""
    version: str | None = None
    """Of the chart; absent: unresolved."""
    operator_version: Version | None = None
    """Of what it installs, where operators.yaml has rows of it."""
    namespace: str
    groups: tuple[str, ...] = ()
    """API groups that it brings."""
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    """Beside the chart's own."""


ImageRow = Row[ImageFacts]
ChartRow = Row[ChartFacts]
