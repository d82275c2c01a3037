"""What clients send as `model` where the artefact is made here."""

from __future__ import annotations

import re

from planning.catalog.rows import ModelRow
from planning.settings import Settings


def served_name(settings: Settings, row: ModelRow | None) -> str:
    """The stack file's name, else the catalog's of a model with one pinned source, else the
    source's own: a stack that moves from this machine to a cluster keeps it."""
    model = settings.models[0]
    own_name = (
        row.id
        if row and row.value.source
        else re.sub(r"[^A-Za-z0-9._-]+", "-", model.source.stem).strip("-._")
    )
    return model.name or own_name or "model"
