"""How often a held-out model's figures lie in the interval that the other models give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, exp

from planning.catalog.rows.throughput import Constants
from tools.throughput.fit import DENSE, METRICS, MIXTURE, START, fit, log_errors
from tools.throughput.points import Point

LEVEL = 0.90


def planned(point: Point) -> bool:
    """Loads as a plan describes them: one user, or many at no particular time of each other."""
    return point.users == 1 or point.kind == "steady"


@dataclass(frozen=True)
class HeldOut:
    """Fits that leave models out, variants of one model together."""

    points: tuple[Point, ...]
    start: Constants = START
    names: tuple[str, ...] = DENSE
    """Constants that are fitted."""
    widest: float = 1.35
    """An interval with a larger factor is not shown."""

    @cached_property
    def models(self) -> tuple[str, ...]:
        return tuple(sorted({point.model for point in self.points}))

    @cached_property
    def _fits(self) -> dict[frozenset[str], Constants]:
        return {}

    def constants(self, *out: str) -> Constants:
        """Fitted without those models."""
        key = frozenset(out)
        if key not in self._fits:
            left = [p for p in self.points if p.model not in key and planned(p)]
            self._fits[key] = fit(left, self.start, self.names)
        return self._fits[key]

    def errors(self, model: str, *out: str) -> Iterator[tuple[Point, str, float]]:
        """Of `model`, left out with `out`; a format that no other model shows is skipped where
        constants of formats are fitted."""
        gone = {model, *out}
        shown = {point.variant for point in self.points if point.model not in gone}
        every = "fp8_flop_share" not in self.names
        own = [p for p in self.points if p.model == model and (every or p.variant in shown)]
        return log_errors(own, self.constants(model, *out))


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Of one figure over one kind of load."""

    points: int
    inside: int
    """In the interval of models that saw neither the point's model nor its error."""
    half_width: float
    """Of the interval from all models: what is shipped."""

    @property
    def share(self) -> float:
        return self.inside / self.points


def coverage(held_out: HeldOut, metric: str, counts: Callable[[Point], bool]) -> Coverage:
    """Points of loads that `counts`; widths come from loads as a plan describes them."""
    models, inside, points = held_out.models, 0, 0
    for model in models:
        others = [other for other in models if other != model]
        width = _width(
            [e for other in others for e in _errors(held_out, metric, planned, other, model)]
        )
        own = _errors(held_out, metric, counts, model)
        points += len(own)
        inside += sum(abs(error) <= width for error in own)
    every = [e for model in models for e in _errors(held_out, metric, planned, model)]
    return Coverage(points=points, inside=inside, half_width=ceil(1000 * exp(_width(every))) / 1000)


def widths(held_out: HeldOut) -> dict[str, Coverage]:
    """Of each figure, over the loads that a plan describes."""
    return {metric: coverage(held_out, metric, planned) for metric in METRICS}


def shown(found: Coverage, widest: float) -> bool:
    """Whether an interval is good enough to be shown."""
    return found.half_width <= widest and 0.87 <= found.share <= 0.93


def families(points: Sequence[Point]) -> tuple[HeldOut, HeldOut]:
    """Dense models, and mixtures of experts: they share what only the former tell."""
    dense = HeldOut(tuple(point for point in points if not point.mixture))
    mixtures = HeldOut(
        tuple(point for point in points if point.mixture),
        start=dense.constants(),
        names=MIXTURE,
        widest=3.0,
    )
    return dense, mixtures


def _errors(
    held_out: HeldOut, metric: str, counts: Callable[[Point], bool], model: str, *out: str
) -> list[float]:
    found = held_out.errors(model, *out)
    return [error for point, name, error in found if name == metric and counts(point)]


def _width(errors: Sequence[float]) -> float:
    """Split conformal: the ceil((n + 1) x level)-th smallest of n, at most the largest."""
    rank = min(len(errors), ceil((len(errors) + 1) * LEVEL))
    return sorted(map(abs, errors))[rank - 1]
