"""Whether an explanation comes to the figure that it explains."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from planning.explain import Explained

# Floats are added in another order.
_CLOSE = 1e-9


def astray(figures: Iterable[Explained]) -> list[tuple[str, object, object]]:
    """Path, value and result of each figure whose arithmetic comes to something else."""
    return [
        (one.path, one.value, one.arithmetic.result)
        for one in figures
        if not _same(one.value, one.arithmetic.result)
    ]


def _same(value: object, result: object) -> bool:
    if isinstance(value, dict):
        ends = cast("dict[str, Any]", value)
        seen = [ends["low"], ends["expected"], ends["high"]]
        return isinstance(result, tuple) and all(map(_same, seen, cast("tuple[Any]", result)))
    if isinstance(value, int | float) and isinstance(result, int | float):
        return abs(value - result) <= _CLOSE * max(1.0, abs(value))
    return value is None and result is None
