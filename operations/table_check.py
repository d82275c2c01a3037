"""How commands end that hold a table of the catalog against who knows better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from planning.catalog import load_catalog

DIFFERENT, NOT_CHECKED = 1, 3
"""Exit codes: the rows are not right and were not written; nobody answered."""


def ended(changes: Sequence[str], file: Path, text: str | None, say: Callable[[str], None]) -> int:
    """Writes `text`, the whole table, where there is one. Returns the exit code."""
    if text is not None:
        file.write_text(text, encoding="utf-8")
        load_catalog.cache_clear()
        say(f"wrote {file.name}; look at its difference, then python -m planning reference")
    return DIFFERENT if changes and text is None else 0
