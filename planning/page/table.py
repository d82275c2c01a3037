"""A table and a section as values, so that Markdown, terminal and page show the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column."""

    name: str
    number: bool = False
    """Set to the right."""


def columns(*names: str) -> tuple[Column, ...]:
    """A name that ends in `>` is a column of numbers."""
    return tuple(Column(name=name.removesuffix(">"), number=name.endswith(">")) for name in names)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Plain text in cells."""

    title: str = ""
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    """Each as long as `columns`."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What a section's tables say, drawn."""

    title: str
    description: str
    """For who cannot see it: what the picture shows, with its main numbers."""
    legend: tuple[tuple[str, str], ...]
    """Class of the style sheet and its meaning."""
    draw: Callable[[int, str], str]
    """An SVG of a width in pixels, whose ids begin with a word that is unique in the page."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of a report."""

    slug: str
    title: str
    words: tuple[str, ...] = ()
    """Paragraphs above the picture."""
    picture: Picture | None = None
    tables: tuple[Table, ...] = ()
    folded: bool = False
    """Details, which a page opens on demand."""
