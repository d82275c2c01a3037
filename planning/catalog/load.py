"""Read the catalog; a row without source or date is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from planning.catalog.rows import DeviceRow, EngineRow, ModelRow, QuantizationRow, Row

AnyRow = TypeVar("AnyRow", bound=Row[Any])


class CatalogError(Exception):
    """A catalog file that cannot be trusted: names the file and the row."""


@dataclass(frozen=True)
class Catalog:
    """All facts, by row id."""

    models: Mapping[str, ModelRow]
    engines: Mapping[str, EngineRow]
    devices: Mapping[str, DeviceRow]
    quantizations: Mapping[str, QuantizationRow]

    def model_of(self, source: str) -> ModelRow | None:
        """The row of the model at exactly this source."""
        return next((row for row in self.models.values() if row.value.source == source), None)


@cache
def load_catalog(folder: Path = Path(__file__).parent) -> Catalog:
    """Raises CatalogError for a row that lacks a source, a date or a value."""
    return Catalog(
        models=_rows(folder / "models.yaml", ModelRow),
        engines=_rows(folder / "engines.yaml", EngineRow),
        devices=_rows(folder / "devices.yaml", DeviceRow),
        quantizations=_rows(folder / "quantizations.yaml", QuantizationRow),
    )


def _rows(file: Path, kind: type[AnyRow]) -> Mapping[str, AnyRow]:
    rows: dict[str, AnyRow] = {}
    for place, entry in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), start=1):
        try:
            row = kind.model_validate(entry)
        except ValidationError as error:
            faults = "; ".join(
                f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()
            )
            raise CatalogError(f"{file.name}, row {place}: {faults}") from error
        if row.id in rows:
            raise CatalogError(f"{file.name}, row {row.id}: stands twice")
        rows[row.id] = row
    return MappingProxyType(rows)
