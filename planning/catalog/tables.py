"""Tables of rows that are read from their files when they are first looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast

import yaml
from msgspec import ValidationError, convert

from planning.catalog.rows import Row

AnyRow = TypeVar("AnyRow", bound=Row[Any])
# libyaml where PyYAML was built with it: ten times as fast, and the same documents.
_LOADER = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))


class CatalogError(Exception):
    """A catalog file that cannot be trusted: names the file and the row."""


class LazyTable(Mapping[str, AnyRow], Generic[AnyRow]):
    """Rows by id, of the folder or file of that name; raises CatalogError when first read."""

    def __init__(self, catalog: Path, name: str, kind: type[AnyRow]) -> None:
        self._folder = catalog / name
        self._file = catalog / f"{name}.yaml"
        self._kind = kind

    def __getitem__(self, key: str) -> AnyRow:
        return self._rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def naming(self, text: str) -> Iterator[AnyRow]:
        """Rows of the files in which `text` stands: the others are not worth reading for it."""
        rows: dict[str, AnyRow] = {}
        for file in self._files():
            if text in file.read_text(encoding="utf-8"):
                read_into(rows, file, self._kind)
        yield from rows.values()

    @cached_property
    def _rows(self) -> Mapping[str, AnyRow]:
        rows: dict[str, AnyRow] = {}
        for file in self._files():
            read_into(rows, file, self._kind)
        return MappingProxyType(rows)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.yaml")) if self._folder.is_dir() else [self._file]


def read_table(file: Path, kind: type[AnyRow]) -> Mapping[str, AnyRow]:
    """Rows by id of one file, now."""
    rows: dict[str, AnyRow] = {}
    read_into(rows, file, kind)
    return MappingProxyType(rows)


def read_into(rows: dict[str, AnyRow], file: Path, kind: type[AnyRow]) -> None:
    """Raises CatalogError for a row that lacks a source, a date or a value, or stands twice."""
    text = file.read_text(encoding="utf-8")
    for place, entry in enumerate(yaml.load(text, Loader=_LOADER), start=1):  # noqa: S506 (it is safe)
        try:
            row = convert(entry, kind)
        except ValidationError as error:
            raise CatalogError(f"{file.name}, row {place}: {error}") from error
        if row.id in rows:
            raise CatalogError(f"{file.name}, row {row.id}: stands twice")
        rows[row.id] = row
