"""A trace file to arrivals; its format is recognised by its columns."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, cast

from planning.problems import Problem, SettingsError
from planning.traces.arrival import Arrival
from planning.traces.formats import FORMATS, Format

_SHOWN = 20
"""As many problems as help; a file that is wrong throughout has one in every row."""
_NAMES = "; ".join(f"{one.name} ({one.syntax}: {', '.join(one.wanted)})" for one in FORMATS)


class TraceError(SettingsError):
    """A file that is no trace; with its problems, the first twenty of them."""


def read_trace(path: Path, limit: int | None = None) -> tuple[Arrival, ...]:
    """The first `limit` rows of the file by time, the earliest of them at 0. Raises TraceError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            kind, rows = _rows(lines, str(path))
            return _arrivals(kind, islice(rows, limit), str(path))
    except (OSError, UnicodeDecodeError) as error:
        problem = _problem(str(path), str(error), "a readable file of text", "unreadable-trace")
        raise TraceError((problem,), origin=str(path)) from error


def _rows(lines: Iterator[str], origin: str) -> tuple[Format, Iterator[Mapping[str, Any] | str]]:
    """The format, and every row; one that cannot be parsed is the text itself."""
    first = next((line for line in lines if line.strip()), "")
    syntax = "jsonl" if first.lstrip().startswith("{") else "csv"
    names = list(_json(first)) if syntax == "jsonl" else first.strip().split(",")
    for kind in FORMATS:
        if kind.syntax == syntax and kind.fits(names):
            if syntax == "csv":
                return kind, csv.DictReader(lines, fieldnames=names)
            return kind, map(_parsed, _before(first, lines))
    problem = _problem(f"{origin}:1", first.strip()[:120], _NAMES, "unknown-trace-format")
    raise TraceError((problem,), origin=origin)


def _before(first: str, lines: Iterable[str]) -> Iterator[str]:
    yield first
    yield from (line for line in lines if line.strip())


def _parsed(line: str) -> Mapping[str, Any] | str:
    return _json(line) or line.strip()[:80]


def _json(line: str) -> dict[str, Any]:
    """Empty for what is no JSON object."""
    try:
        found: Any = json.loads(line)
    except ValueError:
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _arrivals(
    kind: Format, rows: Iterable[Mapping[str, Any] | str], origin: str
) -> tuple[Arrival, ...]:
    found: list[Arrival] = []
    problems: list[Problem] = []
    # The first row after the header of a CSV file is its second line.
    for number, row in enumerate(rows, 2 if kind.syntax == "csv" else 1):
        try:
            found.append(_arrival(kind, row))
        except (TypeError, ValueError, KeyError) as error:
            problems.append(_row_problem(f"{origin}:{number}", kind, row, error))
            if len(problems) == _SHOWN:
                break
    if not found and not problems:
        problems.append(_problem(origin, "no requests", "at least one row", "empty-trace"))
    if problems:
        raise TraceError(tuple(problems), origin=origin)
    found.sort(key=lambda one: one.at)
    start = found[0].at
    return tuple(
        Arrival(one.at - start, one.prompt_tokens, one.output_tokens, one.blocks) for one in found
    )


def _arrival(kind: Format, row: Mapping[str, Any] | str) -> Arrival:
    if isinstance(row, str):
        raise TypeError("no JSON object")
    prompt, output = (int(row[name]) for name in (kind.prompt_tokens, kind.output_tokens))
    if prompt < 1 or output < 0:
        raise ValueError("a prompt has at least one token, and an answer no fewer than none")
    blocks = row.get(kind.blocks) or () if kind.blocks else ()
    return Arrival(kind.seconds(row[kind.time]), prompt, output, tuple(map(int, blocks)))


def _row_problem(place: str, kind: Format, row: Mapping[str, Any] | str, why: Exception) -> Problem:
    got = row if isinstance(row, str) else str({name: row.get(name) for name in kind.wanted})
    return _problem(place, f"{got} ({why})", f"a row of the {kind.name} format", "bad-trace-row")


def _problem(path: str, got: str, allowed: str, code: str) -> Problem:
    fix = "see the documentation of the load client for traces and where to get them"
    return Problem(path=path, code=code, got=got, allowed=allowed, fixes=(fix,))
