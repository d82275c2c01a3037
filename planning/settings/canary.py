"""Section `canary`: a second revision of the model behind the same gateway."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, Strict

from planning.settings.base import Count, Section
from planning.settings.engine import CatalogName, Weights
from planning.settings.images import PinnedImage
from planning.settings.model import ConfigFile, Sha256
from planning.settings.source import ModelSource

Percent = Annotated[int, Strict(), Field(ge=0, le=100)]


class Canary(Section):
    """A second revision of the model: canary by a share of requests, blue and green by 0 or 100."""

    weight: Percent = 0
    """Percent of requests that it answers while it has a ready replica. `0`: it stands, and is
    reached by the header `x-slipway-release: canary` alone."""
    source: ModelSource | None = None
    """Its model, pinned. Left out: that of the stack."""
    sha256: Sha256 | None = None
    """As `model.sha256`, of its own source."""
    config: ConfigFile | None = None
    """As `model.config`, of its own source."""
    quantization: Weights | None = None
    """How its weights are stored. Left out: as those of the stack."""
    version: CatalogName | None = None
    """Of its engine, a row of the catalog. Left out: that of the stack."""
    image: PinnedImage | None = None
    """Its engine's image, where `images.overrides` names that of the stack."""
    replicas: Annotated[Count, Field(le=64)] | None = None
    """A fixed number. Left out: the fewest of the stack, at least 1."""
