"""Memory as bars: what takes how much, against what there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planning.page.axis import FOOT, bar_axis
from planning.page.svg import LETTER, hatched, line, picture, rect, shortened, text

_GIB = 1 << 30
_ROW, _BAR, _TOP = 66, 26, 6


@dataclass(frozen=True, kw_only=True)
class MemoryBar:
    """One kind of memory, bytes."""

    label: str
    note: str
    """Beside the label: what it comes to."""
    parts: tuple[tuple[str, int], ...]
    """Class of the style sheet (weights, step, runtime, kv) and size, in order."""
    usable: int
    """What may be filled."""
    visible: int
    """All there is."""
    missing: int = 0
    """What would be needed beyond `usable`."""


def memory_bars(
    bars: Sequence[MemoryBar], width: int, prefix: str, title: str, description: str
) -> str:
    """All bars at one scale; what is missing sticks out, hatched."""
    most = max(max(bar.visible, bar.usable + bar.missing) for bar in bars)
    scale = (width - 12) / most
    height = _TOP + _ROW * len(bars) + FOOT
    rows = [
        part
        for index, bar in enumerate(bars)
        for part in _row(bar, _TOP + _ROW * index, scale, width, prefix)
    ]
    axis = bar_axis(
        most / _GIB,
        scale=scale * _GIB,
        width=width,
        top=_TOP + 18,
        bottom=height - FOOT + 4,
        unit="GiB",
    )
    return picture(width, height, prefix, title, description, *axis, *rows)


def _row(bar: MemoryBar, y: float, scale: float, width: int, prefix: str) -> list[str]:
    note = shortened(bar.note, width - (len(bar.label) + 3) * LETTER)
    drawn = [
        text(bar.label, 1, y + 14, class_="label strong"),
        text(note, width - 1, y + 14, class_="label soft", anchor="end"),
    ]
    top, x = y + 22, 1.0
    drawn.append(rect(1, top, bar.visible * scale, _BAR, "left-over"))
    for name, size in bar.parts:
        drawn.append(rect(x, top, size * scale, _BAR, f"part {name}"))
        words = _gib(size)
        if size * scale > len(words) * LETTER + 6:
            drawn.append(text(words, x + 4, top + 17, class_=f"label on-{name}"))
        x += size * scale
    if bar.missing:
        start = 1 + bar.usable * scale
        drawn.append(rect(start, top, bar.missing * scale, _BAR, "missing", fill=hatched(prefix)))
    edge = 1 + bar.usable * scale
    drawn += [
        rect(1, top, bar.visible * scale, _BAR, "outline"),
        line(edge, top - 4, edge, top + _BAR + 4, "limit"),
    ]
    return drawn


def _gib(size: int) -> str:
    return f"{size / _GIB:.1f}"
