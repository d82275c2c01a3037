"""The nearest allowed spelling of a mistyped word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The one allowed word that `word` most likely meant, without regard to case, `_` and `-`."""
    plain = {_plain(candidate): candidate for candidate in allowed}
    found = difflib.get_close_matches(_plain(word[:80]), sorted(plain), n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def _plain(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "").strip()
