"""Pictures of a run: shares of answers by time, and every answer over the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planning.page.scale import Scale, scale_of
from planning.page.svg import line, picture, shortened, tag, text

_LEFT, _RIGHT, _TOP, _FOOT, _LANE = 46, 14, 28, 40, 30
_MOST_DOTS = 1500


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a picture is for who cannot see it."""

    title: str
    description: str


def shares(
    quantiles: Sequence[float], limit: float | None, width: int, prefix: str, named: Named
) -> str:
    """The share of answers, up, that took at most so many milliseconds, across.

    `quantiles`: 101 values from the smallest to the largest.
    """
    height = 220 if width < 500 else 260
    near = [limit] if limit and limit <= 4 * quantiles[-1] else []
    across = scale_of([*quantiles, *near], _LEFT, width - _RIGHT)
    up = Scale(low=0, high=100, start=height - _FOOT, end=_TOP, logarithmic=False)
    drawn = [text("% of them", 1, 12, class_="label soft")]
    for mark in (0, 25, 50, 75, 100):
        drawn += _level(f"{mark}", up(mark), width)
    drawn += _times(across, height - _FOOT, width, "ms")
    if near:
        x = across(near[0])
        drawn += [
            line(x, _TOP, x, height - _FOOT, "limit"),
            text(f"limit {near[0]:g} ms", width - _RIGHT, 12, class_="label soft", anchor="end"),
        ]
    path = "L".join(f"{across(q):.1f} {up(step):.1f}" for step, q in enumerate(quantiles))
    drawn.append(tag("path", d=f"M{path}", class_="frontier"))
    return picture(width, height, prefix, named.title, named.description, *drawn)


@dataclass(frozen=True, kw_only=True)
class Dot:
    seconds: float
    milliseconds: float | None
    """None: no answer."""
    in_time: bool


def over_the_run(
    dots: Sequence[Dot], limit: float | None, width: int, prefix: str, named: Named
) -> str:
    """Every answer, or every n-th of many, at the time when its request was due."""
    shown = dots[:: -(-len(dots) // _MOST_DOTS)] if dots else dots
    height = 240 if width < 500 else 300
    lane = _LANE if any(dot.milliseconds is None for dot in shown) else 0
    bottom = height - _FOOT - lane
    across = Scale(
        low=0,
        high=max(dot.seconds for dot in shown) or 1,
        start=_LEFT,
        end=width - _RIGHT,
        logarithmic=False,
    )
    heights = [dot.milliseconds for dot in shown if dot.milliseconds is not None] or [1.0]
    near = [limit] if limit and limit <= 4 * max(heights) else []
    up = scale_of([*heights, *near], bottom, _TOP)
    drawn = [text("ms to the first token", 1, 12, class_="label soft")]
    for mark in up.marks(5):
        drawn += _level(_mark(mark), up(mark), width)
    drawn += _times(across, height - _FOOT, width, "s of the run")
    if lane:
        drawn += _level("none", bottom + lane / 2, width)
    if near:
        drawn.append(line(_LEFT, up(near[0]), width - _RIGHT, up(near[0]), "limit"))
    for dot in shown:
        known = dot.milliseconds is not None
        kind = "dot chosen" if dot.in_time else "dot" if known else "dot unseen"
        y = up(dot.milliseconds) if dot.milliseconds is not None else bottom + lane / 2
        drawn.append(tag("circle", cx=across(dot.seconds), cy=y, r=4, class_=kind))
    return picture(width, height, prefix, named.title, named.description, *drawn)


def _level(mark: str, y: float, width: int) -> list[str]:
    return [
        line(_LEFT, y, width - _RIGHT, y, "grid"),
        text(mark, _LEFT - 6, y + 4, class_="label soft", anchor="end"),
    ]


def _times(across: Scale, bottom: float, width: int, unit: str) -> list[str]:
    drawn: list[str] = []
    for mark in across.marks(4 if width < 500 else 8):
        x = across(mark)
        drawn += [
            line(x, _TOP, x, bottom, "grid"),
            text(_mark(mark), x, bottom + 15, class_="label soft", anchor="middle"),
        ]
    words = shortened(unit, width)
    return [*drawn, text(words, width - _RIGHT, bottom + 32, class_="label soft", anchor="end")]


def _mark(value: float) -> str:
    """Short enough for the left edge."""
    return f"{value / 1000:g}k" if value >= 10_000 else f"{value:g}"
