"""Explanations for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from planning.explain.figures import Explained


def explanation_text(figures: Sequence[Explained]) -> str:
    """One block a figure: what it is, how it comes about, from where."""
    return "\n\n".join(map(_block, figures))


def value_text(value: object) -> str:
    """A figure as people read it."""
    if value is None:
        return "none"
    if isinstance(value, dict):
        ends = cast("dict[str, Any]", value)
        low, expected, high = (value_text(ends[key]) for key in ("low", "expected", "high"))
        return f"{expected} ({low} to {high})"
    return f"{value:,.4g}" if isinstance(value, float) and value < 1000 else _whole(value)


def _whole(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, float) else f"{value:,}"


def _block(one: Explained) -> str:
    lines = [f"{one.path} = {value_text(one.value)}"]
    lines += [f"  {line}" for line in one.arithmetic.lines]
    lines += [f"  source: {source}" for source in one.arithmetic.sources]
    return "\n".join(lines)
