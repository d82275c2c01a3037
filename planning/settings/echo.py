"""How a value from a stack file is shown in a message: short, and never a secret."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

LONGEST: Final = 60
_TOKENS: Final = re.compile(
    r"(?:\b(?:hf|sk|pk|ghp|gho|xox[abp]|AKIA|ASIA)[-_]?[A-Za-z0-9_-]{12,})|(?<=://)[^/@\s]+(?=@)"
)


def echo(value: object) -> str:
    """A scalar as written; for anything that can hold more, only what it is."""
    if value is None:
        return "nothing (null)"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float):
        return _cut(str(value))
    return kind_of(value)


def kind_of(value: object) -> str:
    """What a value is, without its content; for places where people paste secrets."""
    match value:
        case None:
            return "nothing (null)"
        case bool():
            return str(value).lower()
        case str():
            return "text"
        case int() | float():
            return "a number"
        case [] | ():
            return "an empty list"
        case list() | tuple():
            return "a list"
        case Mapping():
            return "a section with keys"
        case _:
            return "something else"


def _text(value: str) -> str:
    shown = _TOKENS.sub("***", value)
    if not shown.isprintable():
        shown = shown.encode("unicode_escape").decode("ascii")
    return f'"{_cut(shown)}"'


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
