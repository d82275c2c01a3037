"""Composite literals of Go source: their `key: value,` entries, without a Go parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPEN, _CLOSE = "{([", "})]"
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_TEXT = re.compile(r'"(?:\\.|[^"\\])*"|`[^`]*`')


def without_comments(source: str) -> str:
    """Comments go, and so do the texts' brackets, which would be counted."""
    return _TEXT.sub(lambda found: re.sub(r"[{}()\[\]]", "", found[0]), _COMMENT.sub("", source))


def body(source: str, start: int) -> str:
    """What stands between the first `{` at or behind `start` and its `}`."""
    first = source.index("{", start)
    depth = 0
    for position in range(first, len(source)):
        depth += (source[position] in _OPEN) - (source[position] in _CLOSE)
        if depth == 0:
            return source[first + 1 : position]
    raise ValueError("a bracket that is never closed")


def entries(content: str) -> Iterator[tuple[str, str]]:
    """Key and value of each entry of a literal's body; entries without a key are left out."""
    for part in _split(content):
        key, colon, value = part.partition(":")
        if colon and not any(each in key for each in "{(["):
            yield key.strip(), value.strip()


def _split(content: str) -> Iterator[str]:
    depth, start = 0, 0
    for position, letter in enumerate(content):
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if letter == "," and depth == 0:
            yield content[start:position].strip()
            start = position + 1
    if content[start:].strip():
        yield content[start:].strip()
