"""The axis below horizontal bars: round numbers, a grid line each, and the unit."""

from __future__ import annotations

from planning.page.svg import line, text, ticks

FOOT = 34
"""Height that it takes below the bars, pixels."""
_NARROW = 500
_FEW, _MANY = 4, 8
_EDGE = 24
"""A number nearer to the picture's right edge than this ends there, not beyond it."""


def bar_axis(
    most: float, *, scale: float, width: int, top: float, bottom: float, unit: str
) -> list[str]:
    """From 0 to `most`, in `unit`; `scale`: pixels a unit, whose 0 is at pixel 1.

    Grid lines run from `top` to `bottom`, numbers stand below.
    """
    drawn: list[str] = []
    for mark in ticks(most, _FEW if width < _NARROW else _MANY):
        x = 1 + mark * scale
        anchor = "start" if x < 10 else "end" if x > width - _EDGE else "middle"
        number = f"{mark:,.0f}" if most >= _MANY else f"{mark:g}"
        drawn += [
            line(x, top, x, bottom, "grid"),
            text(number, x, bottom + 13, class_="label soft", anchor=anchor),
        ]
    return [*drawn, text(unit, width - 1, bottom + 26, class_="label soft", anchor="end")]
