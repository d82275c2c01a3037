"""A figure as predicted and as measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from operations.observe.measured import Measured
from planning.prediction import Figure, FigureName, LoadName, Prediction

Verdict = Literal["inside", "outside", "another load", "not predicted", "not measured"]
UNITS: Mapping[FigureName, str] = {
    "ttftMs": "first token, ms",
    "ttftP95Ms": "first token of 95 %, ms",
    "itlMs": "next token, ms",
    "itlP95Ms": "next token of 95 %, ms",
    "outputTokensPerSecond": "tokens/s of a replica",
    "startSeconds": "start, s",
    "replicas": "replicas",
    "monthlyUsd": "dollars a month",
}
"""What people read, with the unit: medians of first tokens and starts, means of the rest."""
_BY_LOAD = ("ttftMs", "ttftP95Ms", "itlMs", "itlP95Ms", "outputTokensPerSecond")
_NEAR = 1.25
"""Loads that differ by at most this factor are held for one: a choice, no tested bound."""


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """One row."""

    figure: FigureName
    predicted: Figure | None
    measured: Measured
    verdict: Verdict
    why: str = ""

    @property
    def ratio(self) -> float | None:
        """Measured over expected; None: one of them is not there, or nothing was expected."""
        expected = self.predicted.expected if self.predicted else None
        if self.measured.value is None or not expected:
            return None
        return self.measured.value / expected


def deviations(
    prediction: Prediction,
    measured: Mapping[FigureName, Measured],
    load: Mapping[LoadName, Measured],
) -> tuple[Deviation, ...]:
    """Of every figure that is predicted or measured."""
    other = _another_load(prediction, load)
    return tuple(
        _deviation(name, prediction.figures.get(name), measured[name], other)
        for name in UNITS
        if name in measured and (name in prediction.figures or measured[name].value is not None)
    )


def _deviation(
    name: FigureName, predicted: Figure | None, measured: Measured, other: str
) -> Deviation:
    verdict, why = _verdict(name, predicted, measured, other)
    return Deviation(figure=name, predicted=predicted, measured=measured, verdict=verdict, why=why)


def _verdict(
    name: FigureName, predicted: Figure | None, measured: Measured, other: str
) -> tuple[Verdict, str]:
    if measured.value is None:
        return "not measured", measured.why_not or ""
    if predicted is None or (predicted.low is None and predicted.high is None):
        return "not predicted", ""
    if name in _BY_LOAD and other:
        return "another load", other
    if predicted.low is not None and measured.value < predicted.low:
        return "outside", "less than the least"
    if predicted.high is not None and measured.value > predicted.high:
        if predicted.at_least:
            return "not predicted", "more than all that is known of it"
        return "outside", "more than the most"
    return "inside", ""


def _another_load(prediction: Prediction, load: Mapping[LoadName, Measured]) -> str:
    """What it differs in; empty: it is the predicted one."""
    for name, expected in prediction.load.items():
        found = load.get(name)
        if found is None or found.value is None:
            return f"{name} is not measured"
        if not expected / _NEAR <= found.value <= expected * _NEAR:
            return f"{name} {found.value:.3g}, predicted at {expected:.3g}"
    return ""
