"""Models known in advance."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any

from msgspec import Meta

from planning.architecture import Architecture, read_architecture
from planning.catalog.rows.base import Fact, Row

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class ModelFacts(Fact, dict=True):
    """One model: at one pinned place, or at any revision of a hub repository."""

    source: str | None = None
    """As in a stack file; None for a model that `repositories` name."""
    sha256: Sha256 | None = None
    """Of the file that `source` names."""
    wheel_sha256: Sha256 | None = None
    licence: str | None = None
    """None: not known here."""
    repositories: tuple[str, ...] = ()
    """Hub repositories with this very configuration, such as a base model and its chat model."""
    config: dict[str, Any]
    """The keys of its `config.json` that decide size and context."""

    @cached_property
    def architecture(self) -> Architecture:
        """What `config` means; raises ArchitectureError where it means nothing."""
        return read_architecture(self.config)


ModelRow = Row[ModelFacts]
