"""Least squares on the logarithm of the error, by Levenberg and Marquardt's damped steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import exp, log
from statistics import fmean

from msgspec.structs import replace

from planning.catalog.rows.throughput import Constants
from tools.throughput.points import Point

METRICS = ("ttft", "itl", "throughput", "ttft_p95", "itl_p95")
START = Constants(
    bandwidth_share=0.8,
    flop_share=0.7,
    fp8_flop_share=0.5,
    layer_seconds=3.7e-5,
    gap_seconds=5e-5,
    prompt_layer_seconds=2.5e-4,
    eager_layer_seconds=5e-4,
    sequence_seconds=5e-6,
    request_seconds=3e-3,
    ttft_tail=1.5,
    itl_tail=1.0,
)
LAUNCHES = {"prompt_layer_seconds": False, "eager_layer_seconds": True}
"""Constants that are not fitted but measured, and whether beyond CUDA graphs."""
TAILS = {"ttft_tail": "ttft_p95", "itl_tail": "itl_p95"}
"""Constants that are factors of a figure, taken when all others are known."""
DENSE = tuple(n for n in Constants.__struct_fields__ if n not in LAUNCHES and n not in TAILS)
MIXTURE = ("layer_seconds",)
"""All else is as of dense models: four mixtures do not tell more constants apart."""
_NUDGE, _ROUNDS = 1e-4, 40


def fit(points: Sequence[Point], start: Constants, names: Sequence[str]) -> Constants:
    """Of `names`; deterministic: always the same rounds and rounding, to four digits."""
    start = replace(start, **dict(_launches(points)))
    here = [log(getattr(start, name)) for name in names]

    def errors_of(logs: Sequence[float]) -> list[float]:
        constants = replace(start, **dict(zip(names, map(exp, logs), strict=True)))
        found = log_errors(points, constants)
        return [error for _, name, error in found if name not in TAILS.values()]

    errors = errors_of(here)
    damping = 1e-2
    for _ in range(_ROUNDS):
        slopes = [_slope(errors_of, here, place, errors) for place in range(len(here))]
        step = _damped(slopes, errors, damping)
        there = [min(a + b, _ceiling(n)) for n, a, b in zip(names, here, step, strict=True)]
        new = errors_of(there)
        gain = _sum(errors) - _sum(new)
        if gain <= 0:
            damping *= 8
            continue
        here, errors, damping = there, new, damping / 4
        if gain < 1e-7:
            break
    constants = replace(start, **dict(zip(names, map(_rounded, here), strict=True)))
    return replace(constants, **dict(_tails(points, constants)))


def log_errors(points: Sequence[Point], constants: Constants) -> Iterator[tuple[Point, str, float]]:
    """Each figure's measured over predicted, as a logarithm."""
    for point in points:
        predicted = point.predicted(constants)
        for name in METRICS:
            seen, expected = getattr(point.seen, name), getattr(predicted, name)
            if seen is not None and expected is not None:
                yield point, name, log(seen / expected)


def _launches(points: Sequence[Point]) -> Iterator[tuple[str, float]]:
    for name, eager in LAUNCHES.items():
        runs = {(p.model, log(p.launches[eager])) for p in points if eager in p.launches}
        if runs:
            yield name, _rounded(_over_models(runs))


def _tails(points: Sequence[Point], constants: Constants) -> Iterator[tuple[str, float]]:
    errors = list(log_errors(points, constants))
    for name, figure in TAILS.items():
        found = [(point.model, error) for point, of, error in errors if of == figure]
        if found:
            yield name, _rounded(log(getattr(constants, name)) + _over_models(found))


def _over_models(found: Iterable[tuple[str, float]]) -> float:
    """Mean over models, of a model over its own."""
    models: dict[str, list[float]] = {}
    for model, value in sorted(found):
        models.setdefault(model, []).append(value)
    return fmean(map(fmean, models.values()))


def _rounded(value: float) -> float:
    return float(f"{exp(value):.4g}")


def _slope(
    errors_of: Callable[[Sequence[float]], list[float]],
    logs: Sequence[float],
    place: int,
    errors: Sequence[float],
) -> list[float]:
    nudged = [value + (_NUDGE if at == place else 0) for at, value in enumerate(logs)]
    return [(b - a) / _NUDGE for a, b in zip(errors, errors_of(nudged), strict=True)]


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
