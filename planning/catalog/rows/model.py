"""Models known in advance."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planning.catalog.rows.base import Fact, Positive, Row


class Architecture(Fact):
    """The numbers of a decoder-only transformer that decide its size."""

    family: str
    layers: Positive
    heads: Positive
    kv_heads: Positive
    head_dim: Positive
    hidden: Positive
    intermediate: Positive
    vocabulary: Positive
    tied_embeddings: bool
    max_position: Positive
    """Longest context the model was trained for, in tokens."""


class ModelFacts(Fact):
    """One model at one place, pinned."""

    source: str
    """As in a stack file."""
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Of the file that `source` names."""
    wheel_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    licence: str
    architecture: Architecture


ModelRow = Row[ModelFacts]
