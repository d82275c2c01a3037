"""The image that `up` builds."""

from __future__ import annotations

from collections.abc import Mapping

from components.specs.images import ImageBuildSpec
from planning.choice import Candidate
from planning.cluster.needed import builds
from planning.cluster.pins import Pin
from planning.image_names import ImageName
from planning.settings import Settings


def image_build(
    settings: Settings, chosen: Candidate, pins: Mapping[ImageName, Pin]
) -> ImageBuildSpec | None:
    """None: the engine's image is there already."""
    images = settings.images
    if not builds(settings, chosen):
        return None
    return ImageBuildSpec(
        name=chosen.engine,
        repository=f"{images.registry or 'unnamed'}/slipway-{chosen.engine}",
        base=pins["python"].reference,
        platform=images.platform,
        cache=images.cache,
        builder=images.builder,
    )
