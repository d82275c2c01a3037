"""SVG elements as text; everything that is not markup is escaped here."""

from __future__ import annotations

from html import escape
from math import ceil, floor, log10

LETTER = 6.6
"""Pixels that a letter of a label takes at most on average, at 12 pixels a line."""


def tag(name: str, *inner: str, **attributes: object) -> str:
    """An element around markup; `class_` and `stroke_width` lose and change their underscores."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inner)}</{name}>" if inner else f"<{name}{written}/>"


def text(words: str, x: float, y: float, *, class_: str = "label", anchor: str = "start") -> str:
    """One line, its base line at `y`."""
    place = None if anchor == "start" else anchor
    return tag("text", escape(words), x=x, y=y, class_=class_, text_anchor=place)


def rect(x: float, y: float, width: float, height: float, class_: str, **more: object) -> str:
    return tag("rect", x=x, y=y, width=max(0.0, width), height=height, class_=class_, **more)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def picture(
    width: int, height: float, prefix: str, title: str, description: str, *inner: str
) -> str:
    """The whole SVG, named and described for who cannot see it."""
    return tag(
        "svg",
        tag("title", escape(title), id=f"{prefix}-title"),
        tag("desc", escape(description), id=f"{prefix}-desc"),
        tag("defs", _hatch(prefix)),
        *inner,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {_value(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
    )


def hatched(prefix: str) -> str:
    """Fill of what is not known or not there."""
    return f"url(#{prefix}-hatch)"


def shortened(words: str, width: float) -> str:
    """As much of one line as `width` pixels hold."""
    room = max(1, int(width / LETTER))
    return words if len(words) <= room else f"{words[: room - 1].rstrip()}…"


def ticks(most: float, count: int = 5) -> list[float]:
    """Round numbers from 0 up to `most`, about `count` of them."""
    if most <= 0:
        return [0.0]
    rough = most / count
    power = 10 ** floor(log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough * 0.999)
    return [step * n for n in range(floor(most / step + 1e-9) + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """1, 2 and 5 of each power of ten between `low` and `high`."""
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    marks = (n * 10.0**power for power in powers for n in (1, 2, 5))
    return [mark for mark in marks if low <= mark <= high]


def _hatch(prefix: str) -> str:
    stripe = line(0, 0, 0, 7, "stripe")
    return tag(
        "pattern",
        tag("rect", width=7, height=7, class_="hatch-ground"),
        stripe,
        id=f"{prefix}-hatch",
        width=7,
        height=7,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def _value(value: object) -> str:
    """Numbers with at most one decimal: the picture is a pixel grid, and its text stays short."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
