"""What is known of the model that a stack file names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from planning.architecture import Architecture, ArchitectureError
from planning.architecture.files import read_model_files
from planning.catalog import Catalog
from planning.catalog.rows import ModelRow
from planning.problems import Problem
from planning.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Known:
    """Of one model."""

    row: ModelRow | None
    """The catalog's, if it has one."""
    architecture: Architecture | None
    """From the model's own `config.json`, else from the row; None: neither."""
    problems: tuple[Problem, ...] = ()
    """Why the given `config.json` cannot be used."""


def known_model(settings: Settings, catalog: Catalog, config: Path | None) -> Known:
    """`config` stands in for the stack file's `model.config`, which is relative to that file."""
    model = settings.models[0]
    row = catalog.model_of(model.source.text)
    place = "--model-config"
    if config is None and model.config:
        place, config = "slipway:model.config", Path(settings.origin).parent / model.config
    if config is None:
        return Known(row=row, architecture=row.value.architecture if row else None)
    try:
        return Known(row=row, architecture=read_model_files(config))
    except ArchitectureError as error:
        inner = error.problem
        problem = replace(inner, path=place, got=f"{inner.path}: {inner.got}")
        return Known(row=row, architecture=None, problems=(problem,))
