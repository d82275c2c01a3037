"""Cost against waiting: each candidate a point with its interval, the best ones joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from planning.page.scale import Scale, scale_of
from planning.page.svg import line, picture, rect, shortened, tag, text
from planning.throughput import Range

_LEFT, _RIGHT, _TOP, _LANE, _FOOT = 46, 14, 38, 48, 40
_FAR = 3
"""From this multiple of the slowest figure on, a limit is only named, not drawn."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """One candidate."""

    mark: str
    """A short name that its row in the table has too."""
    label: str
    cost: float
    """Dollars a month; GPUs where nothing is priced."""
    milliseconds: Range | None
    """None: no estimate."""
    chosen: bool = False


def on_frontier(points: Sequence[Point]) -> list[Point]:
    """Those that no other beats in both, the cheapest first."""
    found: list[Point] = []
    for point in sorted(points, key=lambda one: (one.cost, _expected(one))):
        if point.milliseconds and (not found or _expected(point) < _expected(found[-1])):
            found.append(point)
    return found


def frontier(
    points: Sequence[Point],
    limit: float | None,
    axes: tuple[str, str],
    width: int,
    prefix: str,
    title: str,
    description: str,
) -> str:
    """`limit`: longest time that is asked for; `axes` says what is across and which time is up."""
    seen = [point for point in points if point.milliseconds]
    unseen = [point for point in points if not point.milliseconds]
    height = 320 if width < 500 else 380
    lane = _LANE if unseen else 0
    bottom = height - _FOOT - lane
    across = scale_of([point.cost for point in points], _LEFT, width - _RIGHT)
    heights = [end for point in seen if (r := point.milliseconds) for end in (r.low, r.high)]
    near = limit if limit and limit <= _FAR * max(heights, default=limit) else None
    up = scale_of([*heights, *([near] if near else [])], bottom, _TOP)
    drawn = [*_axes(across, up, axes, width, bottom, lane)]
    if near:
        drawn.append(line(_LEFT, up(near), width - _RIGHT, up(near), "limit"))
    if limit:
        said = f"asked for: {limit:g} ms" + ("" if near else ", far above")
        y = up(near) - 5 if near else 28
        drawn.append(text(said, width - _RIGHT, y, class_="label soft", anchor="end"))
    drawn += _joined(on_frontier(seen), across, up)
    for point in seen:
        drawn += _point(point, across, up)
    for index, point in enumerate(sorted(unseen, key=lambda one: one.cost)):
        # In two rows, so that neighbours do not cover each other.
        y = bottom + lane * (0.27 if index % 2 else 0.73)
        drawn.append(_mark(point, across(point.cost), y, "dot unseen"))
    return picture(width, height, prefix, title, description, *drawn)


def _expected(point: Point) -> float:
    return point.milliseconds.expected if point.milliseconds else float("inf")


def _axes(
    across: Scale, up: Scale, axes: tuple[str, str], width: int, bottom: float, lane: float
) -> list[str]:
    drawn = [text(shortened(axes[1], width), 1, 12, class_="label soft")]
    for mark in up.marks(6):
        y = up(mark)
        drawn += [
            line(_LEFT, y, width - _RIGHT, y, "grid"),
            text(f"{mark:g}", _LEFT - 6, y + 4, class_="label soft", anchor="end"),
        ]
    foot = bottom + lane
    if lane:
        drawn += [
            rect(_LEFT, bottom, width - _RIGHT - _LEFT, lane, "lane"),
            text("none", _LEFT - 6, bottom + lane / 2 + 4, class_="label soft", anchor="end"),
        ]
    for mark in across.marks(4 if width < 500 else 7):
        x = across(mark)
        drawn += [
            line(x, _TOP, x, foot, "grid"),
            text(_dollars(mark), x, foot + 15, class_="label soft", anchor="middle"),
        ]
    drawn.append(text(axes[0], width - _RIGHT, foot + 32, class_="label soft", anchor="end"))
    return drawn


def _joined(points: Sequence[Point], across: Scale, up: Scale) -> list[str]:
    """Steps: between two of them a dollar more buys nothing."""
    if len(points) < 2:
        return []
    path = f"M{across(points[0].cost):.1f} {up(_expected(points[0])):.1f}"
    for point in points[1:]:
        path += f"H{across(point.cost):.1f}V{up(_expected(point)):.1f}"
    return [tag("path", d=path, class_="frontier")]


def _point(point: Point, across: Scale, up: Scale) -> list[str]:
    assert point.milliseconds is not None
    x, low, high = (
        across(point.cost),
        up(point.milliseconds.low),
        up(point.milliseconds.high),
    )
    kind = "dot chosen" if point.chosen else "dot"
    return [
        line(x, low, x, high, "whisker"),
        line(x - 4, low, x + 4, low, "whisker"),
        line(x - 4, high, x + 4, high, "whisker"),
        _mark(point, x, up(point.milliseconds.expected), kind),
    ]


def _mark(point: Point, x: float, y: float, kind: str) -> str:
    return tag(
        "g",
        tag("title", escape(point.label)),
        tag("circle", cx=x, cy=y, r=9, class_=kind),
        text(point.mark, x, y + 4, class_=f"mark {kind}", anchor="middle"),
    )


def _dollars(value: float) -> str:
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"
