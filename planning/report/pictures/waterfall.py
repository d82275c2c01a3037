"""A start as a waterfall: each stage begins where the one before is expected to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planning.coldstart.value import Seconds
from planning.page.axis import FOOT, bar_axis
from planning.page.svg import LETTER, hatched, line, picture, rect, shortened, text

_ROW, _BAR, _TOP = 44, 16, 4
_NEAR = 1.6
_UNKNOWN_SHARE = 0.09
"""Of the scale, for a stage whose length is not known."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One stage."""

    name: str
    seconds: Seconds | None
    """None: not known."""


def waterfall(
    steps: Sequence[Step],
    waited: float,
    width: int,
    prefix: str,
    title: str,
    description: str,
) -> str:
    """`waited`: the longest start that is waited for, marked where it lies on the scale."""
    limit = waited if shows_limit(steps, waited) else 0.0
    most = max(_most(steps), limit)
    scale = (width - 12) / most
    height = _TOP + _ROW * len(steps) + FOOT
    rows: list[str] = []
    start = 0.0
    for index, step in enumerate(steps):
        rows += _row(step, start, most, scale, _TOP + _ROW * index, width, prefix)
        start += step.seconds.expected if step.seconds else _UNKNOWN_SHARE * most
    bottom = height - FOOT + 4
    if limit:
        rows.append(line(1 + limit * scale, _TOP + 16, 1 + limit * scale, bottom, "limit"))
    axis = bar_axis(most, scale=scale, width=width, top=_TOP + 16, bottom=bottom, unit="seconds")
    return picture(width, height, prefix, title, description, *axis, *rows)


def shows_limit(steps: Sequence[Step], waited: float) -> bool:
    """Whether the longest start that is waited for is near enough to be drawn."""
    return waited <= _NEAR * _most(steps)


def _most(steps: Sequence[Step]) -> float:
    """End of the latest whisker."""
    start = most = 0.0
    for step in steps:
        if step.seconds:
            most = max(most, start + step.seconds.high)
            start += step.seconds.expected
    unknown = sum(step.seconds is None for step in steps)
    return max(most, 1.0) / (1 - min(0.8, _UNKNOWN_SHARE * unknown))


def _row(
    step: Step, start: float, most: float, scale: float, y: float, width: int, prefix: str
) -> list[str]:
    said = _span(step.seconds) if step.seconds else "not known"
    name = shortened(step.name, width - (len(said) + 3) * LETTER)
    drawn = [
        text(name, 1, y + 13, class_="label strong"),
        text(said, width - 1, y + 13, class_="label soft", anchor="end"),
    ]
    x, top = 1 + start * scale, y + 19
    if step.seconds is None:
        wide = _UNKNOWN_SHARE * most * scale
        return [*drawn, rect(x, top, wide, _BAR, "missing", fill=hatched(prefix))]
    seconds = step.seconds
    middle = top + _BAR / 2
    return [
        *drawn,
        rect(x, top, max(1.5, seconds.high * scale), _BAR, "stage-high"),
        rect(x, top, max(1.5, seconds.expected * scale), _BAR, "stage-expected"),
        line(x + seconds.low * scale, middle, x + seconds.high * scale, middle, "whisker"),
        line(x + seconds.low * scale, top + 3, x + seconds.low * scale, top + _BAR - 3, "whisker"),
        line(
            x + seconds.high * scale, top + 3, x + seconds.high * scale, top + _BAR - 3, "whisker"
        ),
    ]


def _span(seconds: Seconds) -> str:
    if seconds.low == seconds.high:
        return f"{seconds.expected:.0f} s"
    return f"{seconds.expected:.0f} s ({seconds.low:.0f} to {seconds.high:.0f})"
