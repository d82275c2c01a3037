"""Ranges of dollars as bars: what is spent at least and at most, above it what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planning.cost.report.document import Range
from planning.page.axis import FOOT, bar_axis
from planning.page.svg import LETTER, hatched, line, picture, rect, shortened, text

_ROW, _OLD, _BAR, _TOP = 60, 8, 18, 4
_NEAR = 1.6
"""A limit further away than so many times the longest bar would make all bars short."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One stack, or one group of resources."""

    label: str
    note: str
    """Beside the label: the figures."""
    before: Range | None
    """None: there was nothing, or nothing that is known."""
    after: Range | None


def range_bars(
    bars: Sequence[Bar],
    width: int,
    prefix: str,
    title: str,
    description: str,
    limit: float | None = None,
) -> str:
    """All at one scale from 0; `limit`: dollars a month, marked where it is near enough."""
    drawn_limit = limit if limit is not None and shows_limit(bars, limit) else None
    most = max(_most(bars), drawn_limit or 0.0, 1.0)
    scale = (width - 12) / most
    height = _TOP + _ROW * len(bars) + FOOT
    rows = [
        part
        for index, bar in enumerate(bars)
        for part in _row(bar, _TOP + _ROW * index, scale, width, prefix)
    ]
    bottom = height - FOOT + 4
    if drawn_limit is not None:
        x = 1 + drawn_limit * scale
        rows.append(line(x, _TOP + 19, x, bottom, "limit"))
    axis = bar_axis(
        most, scale=scale, width=width, top=_TOP + 16, bottom=bottom, unit="dollars a month"
    )
    return picture(width, height, prefix, title, description, *axis, *rows)


def shows_limit(bars: Sequence[Bar], limit: float) -> bool:
    return limit <= _NEAR * _most(bars)


def _most(bars: Sequence[Bar]) -> float:
    return max(
        (known.max or 0.0 for bar in bars for known in (bar.before, bar.after) if known),
        default=0.0,
    )


def _row(bar: Bar, y: float, scale: float, width: int, prefix: str) -> list[str]:
    name = shortened(bar.label, width - (len(bar.note) + 3) * LETTER)
    drawn = [
        text(name, 1, y + 13, class_="label strong"),
        text(bar.note, width - 1, y + 13, class_="label soft", anchor="end"),
    ]
    top = y + 19
    if bar.before is not None and bar.before.max:
        drawn.append(rect(1, top, max(1.5, bar.before.max * scale), _OLD, "before"))
        top += _OLD + 2
    if bar.after is not None and bar.after.max:
        drawn += _range(bar.after, bar.after.max, top, scale, prefix)
    return drawn


def _range(figures: Range, most: float, top: float, scale: float, prefix: str) -> list[str]:
    drawn = [rect(1, top, max(1.5, most * scale), _BAR, "most")]
    if figures.min is None:
        drawn.append(rect(1, top, max(1.5, most * scale), _BAR, "missing", fill=hatched(prefix)))
    elif figures.min:
        drawn.append(rect(1, top, max(1.5, figures.min * scale), _BAR, "least"))
    if figures.expected is not None and figures.min != figures.max:
        x = 1 + figures.expected * scale
        drawn.append(line(x, top - 3, x, top + _BAR + 3, "expected"))
    return drawn
