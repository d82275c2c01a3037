"""The kinds of cost-and-usage exports, and the lines of one as plain values."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "exports.yaml"
_TAG_COLUMN = "resourceTags/"


class ExportError(Exception):
    """A file is no export that is known here; the message says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class BillLine:
    """What ran for one period."""

    start: datetime
    end: datetime
    """Exclusive."""
    list_cost: Decimal | None
    """At public prices on demand; None: the export does not say it of this line."""
    billed: Decimal
    currency: str
    tags: Mapping[str, str]
    """Keys as `plain_key` makes them."""


@dataclass(frozen=True, kw_only=True)
class _Format:
    id: str
    columns: Mapping[str, str]
    usage: Sequence[str]


def bill_lines(file: Path) -> Iterator[BillLine]:
    """Lines of usage of a CSV file, also a gzipped one. Raises ExportError."""
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8-sig", newline="") as text:
            yield from _lines(csv.DictReader(text))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExportError(f"cannot be read ({type(error).__name__})") from None


def _lines(rows: csv.DictReader[str]) -> Iterator[BillLine]:
    format_ = _format_of(rows.fieldnames or ())
    for row in rows:
        try:
            if row[format_.columns["kind"]] in format_.usage:
                yield _line(row, format_.columns)
        except (ValueError, InvalidOperation, TypeError, AttributeError):
            message = f"line {rows.line_num} is not what {format_.id} says"
            raise ExportError(message) from None


def plain_key(key: str) -> str:
    """Exports write one key in several ways, such as `user:slipway.dev/stack` and
    `user_slipway_dev_stack`."""
    return re.sub(r"[^a-z0-9]+", "_", key.lower())


def _format_of(names: Sequence[str]) -> _Format:
    for format_ in _formats():
        if set(format_.columns.values()) <= set(names):
            return format_
    known = "; ".join(f"{one.id}: {', '.join(one.columns.values())}" for one in _formats())
    raise ExportError(f"has not the columns of an export that is known ({known})")


@cache
def _formats() -> tuple[_Format, ...]:
    rows: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        _Format(id=row["id"], columns=row["columns"], usage=tuple(row["usage"])) for row in rows
    )


def _line(row: Mapping[str, str], columns: Mapping[str, str]) -> BillLine:
    return BillLine(
        start=_time(row[columns["start"]]),
        end=_time(row[columns["end"]]),
        list_cost=Decimal(row[columns["list"]]) if row[columns["list"]] else None,
        billed=Decimal(row[columns["billed"]]),
        currency=row[columns["currency"]],
        tags={plain_key(key): value for key, value in _tags(row, columns).items()},
    )


def _tags(row: Mapping[str, str], columns: Mapping[str, str]) -> Mapping[str, str]:
    if "tags" not in columns:
        return {key: value for key, value in row.items() if key.startswith(_TAG_COLUMN)}
    found: dict[str, Any] = json.loads(row[columns["tags"]] or "{}")
    return {key: str(value) for key, value in found.items()}


def _time(written: str) -> datetime:
    """Without a zone it is UTC."""
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
