"""Curves over the time of a trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planning.page.scale import Scale
from planning.page.svg import line, picture, tag, text

_LEFT, _RIGHT, _TOP, _FOOT = 46, 14, 28, 40


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One figure; it stays as it is until the next moment."""

    kind: Literal["billed", "ready", "late"]
    values: Sequence[float]


def over_time(
    times: Sequence[float],
    curves: Sequence[Curve],
    unit: str,
    limit: float | None,
    width: int,
    prefix: str,
    title: str,
    description: str,
) -> str:
    """`times`: seconds, when each value begins. `limit`: drawn across."""
    height = 220 if width < 500 else 260
    bottom = height - _FOOT
    step = times[1] - times[0] if len(times) > 1 else 1.0
    across = _scale(0, (times[-1] + step) / 60, _LEFT, width - _RIGHT)
    most = max(max(curve.values) for curve in curves)
    up = _scale(0, 1.08 * max(most, limit or 0.0, 1.0), bottom, _TOP)
    drawn = [text(unit, 1, 12, class_="label soft")]
    for mark in up.marks(5):
        drawn += [
            line(_LEFT, up(mark), width - _RIGHT, up(mark), "grid"),
            text(_short(mark), _LEFT - 6, up(mark) + 4, class_="label soft", anchor="end"),
        ]
    for mark in across.marks(4 if width < 500 else 8):
        drawn.append(
            text(f"{mark:g}", across(mark), bottom + 15, class_="label soft", anchor="middle")
        )
    words = text("minutes", width - _RIGHT, bottom + 32, class_="label soft", anchor="end")
    drawn.append(words)
    for curve in curves:
        path = f"M{across(0):.1f} {bottom:.1f}"
        for time, value in zip(times, curve.values, strict=True):
            path += f"H{across(time / 60):.1f}V{up(value):.1f}"
        path += f"H{width - _RIGHT}V{bottom:.1f}Z"
        drawn.append(tag("path", d=path, class_=f"area {curve.kind}"))
    if limit is not None:
        drawn.append(line(_LEFT, up(limit), width - _RIGHT, up(limit), "limit"))
    return picture(width, height, prefix, title, description, *drawn)


def _scale(low: float, high: float, start: float, end: float) -> Scale:
    return Scale(low=low, high=high, start=start, end=end, logarithmic=False)


def _short(value: float) -> str:
    return f"{value / 1000:g}k" if value >= 10_000 else f"{value:g}"
