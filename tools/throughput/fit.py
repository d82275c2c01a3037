"""Least squares on the logarithm of the error, by Levenberg and Marquardt's damped steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, log

from msgspec import convert
from msgspec.structs import replace

from planning.catalog.rows.throughput import Constants
from tools.throughput.points import Point

METRICS = ("ttft", "itl", "throughput")
START = Constants(
    bandwidth_share=0.8,
    flop_share=0.7,
    fp8_flop_share=0.5,
    layer_seconds=3.7e-5,
    prompt_layer_seconds=4.7e-4,
    eager_layer_seconds=7e-4,
    sequence_seconds=5e-6,
)
_NAMES = Constants.__struct_fields__
_NUDGE, _ROUNDS = 1e-4, 40


def fit(points: Sequence[Point]) -> Constants:
    """Deterministic: always the same start, rounds and rounding, to four digits."""
    here = [log(getattr(START, name)) for name in _NAMES]
    errors = _errors(points, here)
    damping = 1e-2
    for _ in range(_ROUNDS):
        slopes = [_slope(points, here, place, errors) for place in range(len(here))]
        step = _damped(slopes, errors, damping)
        there = [min(a + b, _ceiling(n)) for n, a, b in zip(_NAMES, here, step, strict=True)]
        new = _errors(points, there)
        gain = _sum(errors) - _sum(new)
        if gain <= 0:
            damping *= 8
            continue
        here, errors, damping = there, new, damping / 4
        if gain < 1e-7:
            break
    return _constants(here)


def log_errors(points: Sequence[Point], constants: Constants) -> Iterator[tuple[Point, str, float]]:
    """Each figure's measured over predicted, as a logarithm."""
    for point in points:
        predicted = point.predicted(constants)
        for name in METRICS:
            yield point, name, log(getattr(point.seen, name) / getattr(predicted, name))


def _constants(logs: Sequence[float]) -> Constants:
    rounded = (float(f"{exp(value):.4g}") for value in logs)
    return convert(dict(zip(_NAMES, rounded, strict=True)), Constants)


def _errors(points: Sequence[Point], logs: Sequence[float]) -> list[float]:
    constants = replace(START, **dict(zip(_NAMES, map(exp, logs), strict=True)))
    return [error for _, _, error in log_errors(points, constants)]


def _slope(
    points: Sequence[Point], logs: Sequence[float], place: int, errors: Sequence[float]
) -> list[float]:
    nudged = [value + (_NUDGE if at == place else 0) for at, value in enumerate(logs)]
    new = _errors(points, nudged)
    return [(b - a) / _NUDGE for a, b in zip(errors, new, strict=True)]


def _ceiling(name: str) -> float:
    return 0.0 if name.endswith("_share") else log(1.0)


def _sum(errors: Sequence[float]) -> float:
    return sum(error * error for error in errors)


def _damped(slopes: list[list[float]], errors: list[float], damping: float) -> list[float]:
    """The step x with (J'J + damping x its diagonal) x = -J'e, by elimination."""
    rows = [[*(_dot(one, other) for other in slopes), -_dot(one, errors)] for one in slopes]
    for place, row in enumerate(rows):
        row[place] += damping * row[place] + 1e-9
    for place, row in enumerate(rows):
        for other in rows[place + 1 :]:
            factor = other[place] / row[place]
            for column in range(place, len(other)):
                other[column] -= factor * row[column]
    step = [0.0] * len(rows)
    for place in reversed(range(len(rows))):
        known = sum(rows[place][at] * step[at] for at in range(place + 1, len(rows)))
        step[place] = (rows[place][-1] - known) / rows[place][place]
    return step


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
