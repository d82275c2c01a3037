"""Dollars against waiting: each candidate a point with its interval, the best ones joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from planning.report.pictures.scale import Scale, scale_of
from planning.report.pictures.svg import line, picture, rect, shortened, tag, text
from planning.throughput import Range

_LEFT, _RIGHT, _TOP, _LANE, _FOOT = 46, 14, 26, 34, 40


@dataclass(frozen=True, kw_only=True)
class Point:
    """One candidate."""

    mark: str
    """A short name that its row in the table has too."""
    label: str
    monthly_usd: float
    milliseconds: Range | None
    """None: no estimate."""
    chosen: bool = False


def on_frontier(points: Sequence[Point]) -> list[Point]:
    """Those that no other beats in both, the cheapest first."""
    found: list[Point] = []
    for point in sorted(points, key=lambda one: (one.monthly_usd, _expected(one))):
        if point.milliseconds and (not found or _expected(point) < _expected(found[-1])):
            found.append(point)
    return found


def frontier(
    points: Sequence[Point],
    limit: float | None,
    axis: str,
    width: int,
    prefix: str,
    title: str,
    description: str,
) -> str:
    """`limit`: longest time that is asked for; `axis` says which time it is."""
    seen = [point for point in points if point.milliseconds]
    unseen = [point for point in points if not point.milliseconds]
    height = 320 if width < 500 else 380
    lane = _LANE if unseen else 0
    bottom = height - _FOOT - lane
    across = scale_of([point.monthly_usd for point in points], _LEFT, width - _RIGHT)
    heights = [end for point in seen if (r := point.milliseconds) for end in (r.low, r.high)]
    up = scale_of([*heights, *([limit] if limit else [])], bottom, _TOP)
    drawn = [*_axes(across, up, axis, width, bottom, lane)]
    if limit:
        drawn += [
            line(_LEFT, up(limit), width - _RIGHT, up(limit), "limit"),
            text(
                f"asked for: {limit:g} ms",
                width - _RIGHT,
                up(limit) - 5,
                class_="label soft",
                anchor="end",
            ),
        ]
    drawn += _joined(on_frontier(seen), across, up)
    for point in seen:
        drawn += _point(point, across, up)
    for point in unseen:
        drawn.append(
            _mark(point, across(point.monthly_usd), bottom + lane / 2, "dot unseen")
        )
    return picture(width, height, prefix, title, description, *drawn)


def _expected(point: Point) -> float:
    return point.milliseconds.expected if point.milliseconds else float("inf")


def _axes(
    across: Scale, up: Scale, axis: str, width: int, bottom: float, lane: float
) -> list[str]:
    drawn = [text(shortened(axis, width), 1, 12, class_="label soft")]
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
    drawn.append(
        text("$ a month", width - _RIGHT, foot + 32, class_="label soft", anchor="end")
    )
    return drawn


def _joined(points: Sequence[Point], across: Scale, up: Scale) -> list[str]:
    """Steps: between two of them a dollar more buys nothing."""
    if len(points) < 2:
        return []
    path = f"M{across(points[0].monthly_usd):.1f} {up(_expected(points[0])):.1f}"
    for point in points[1:]:
        path += f"H{across(point.monthly_usd):.1f}V{up(_expected(point)):.1f}"
    return [tag("path", d=path, class_="frontier")]


def _point(point: Point, across: Scale, up: Scale) -> list[str]:
    assert point.milliseconds is not None
    x, low, high = (
        across(point.monthly_usd),
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
