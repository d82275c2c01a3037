"""The table of known models, by where they come from."""

from __future__ import annotations

from pathlib import Path

from planning.catalog.rows import ModelRow
from planning.catalog.tables import LazyTable


class ModelTable(LazyTable[ModelRow]):
    """Rows by id; a plan asks for one model only, and that reads its publisher's file only."""

    def __init__(self, catalog: Path) -> None:
        super().__init__(catalog, "models", ModelRow)
        self._found: dict[str, ModelRow | None] = {}

    def at(self, source: str) -> ModelRow | None:
        """The row of the model at exactly this source, or in this hub repository."""
        if source not in self._found:
            self._found[source] = self._find(source)
        return self._found[source]

    def _find(self, source: str) -> ModelRow | None:
        place = source.partition("@")[0]
        rows = list(self.naming(place.removeprefix("hf:")))
        return next((row for row in rows if row.value.source == source), None) or next(
            (row for row in rows if place in _places(row)), None
        )


def _places(row: ModelRow) -> set[str | None]:
    return {row.value.source, *(f"hf:{name}" for name in row.value.repositories)}
