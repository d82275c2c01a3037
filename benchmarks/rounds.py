"""Interleaved repeats, so that a slow minute of the machine meets ours and the peer alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.results import Series

Figures = Mapping[str, float]


def interleave(
    variants: Mapping[str, Callable[[], Figures]],
    rounds: int,
    units: Mapping[str, str],
    progress: Callable[[str], None],
) -> tuple[Series, ...]:
    """Runs every variant once a round, in turned order every other round (A B, B A, A B ...).

    A variant returns figures by name; `units` gives each name's unit. The series are called
    `<variant> <figure>` and hold one value a round. Every variant runs once before the rounds,
    uncounted, so that none of them pays for cold caches.
    """
    names = list(variants)
    values: dict[tuple[str, str], list[float]] = {}
    for name in names:
        progress(f"warm-up: {name}")
        variants[name]()
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            figures = variants[name]()
            for figure, value in figures.items():
                values.setdefault((name, figure), []).append(float(f"{value:.6g}"))
            shown = ", ".join(f"{value:.4g} {units[key]}" for key, value in figures.items())
            progress(f"round {number + 1}/{rounds}: {name}: {shown}")
    return tuple(
        Series(name=f"{name} {figure}", unit=units[figure], values=tuple(taken))
        for (name, figure), taken in values.items()
    )
