"""How commands end that hold a table of the catalog against who knows better."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from operations.preflight.asking import NoAnswerError
from planning.catalog import load_catalog

Rows = TypeVar("Rows")

DIFFERENT, NOT_CHECKED = 1, 3
"""Exit codes: the rows are not right and were not written; nobody answered."""


def compared(
    ask: Callable[[], Rows],
    changes: Callable[[Rows], Iterable[str]],
    table: Callable[[Rows], str],
    *,
    file: Path,
    write: bool,
    say: Callable[[str], None],
) -> int:
    """Prints a line a change, and writes the table where that is wished for. Returns the exit
    code: 0 the rows are right or were written, 1 they are not, 3 nobody answered."""
    try:
        new = ask()
    except NoAnswerError as error:
        print(f"could not check: {error.said}", file=sys.stderr)
        return NOT_CHECKED
    lines = list(changes(new))
    for line in lines:
        print(line)
    say(f"{len(lines)} changes")
    return ended(lines, file, table(new) if write else None, say)


def ended(changes: Sequence[str], file: Path, text: str | None, say: Callable[[str], None]) -> int:
    """Writes `text`, the whole table, where there is one. Returns the exit code."""
    if text is not None:
        file.write_text(text, encoding="utf-8")
        load_catalog.cache_clear()
        say(f"wrote {file.name}; look at its difference, then python -m planning reference")
    return DIFFERENT if changes and text is None else 0
