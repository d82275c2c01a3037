"""Figures and load as Prometheus has them, each with the reason where it has none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from operations.observe.measured import Measured
from operations.observe.prometheus import Prometheus
from operations.observe.queries import FIGURES, LOAD, Asker, NoQueryError, asker
from planning.catalog import Catalog
from planning.prediction import FigureName, LoadName, Prediction

Measures = dict[FigureName, Measured]
Load = dict[LoadName, Measured]
_Name = TypeVar("_Name", FigureName, LoadName)
_ELSEWHERE: Mapping[FigureName, str] = {
    "monthlyUsd": "no bill was named",
    "itlP95Ms": "a histogram of single gaps does not tell it of an answer",
}


def nothing_measured(prediction: Prediction) -> Measures:
    """An entry for every predicted figure, before anybody is asked."""
    found: Measures = {}
    for name in prediction.figures:
        found[name] = Measured(why_not=_ELSEWHERE.get(name, "no Prometheus was named"))
    return found


def measures(
    prediction: Prediction, catalog: Catalog, prometheus: Prometheus, *, window: str, at: float
) -> tuple[Measures, Load]:
    """Means over the `window` before `at`, a Unix time. Raises PrometheusError."""
    try:
        ask = asker(prediction, catalog, window)
    except NoQueryError as error:
        reason = Measured(why_not=str(error))
        return {name: reason for name in FIGURES if name in prediction.figures}, {}
    return _answers(FIGURES, ask, prometheus, at), _answers(LOAD, ask, prometheus, at)


def _answers(
    queries: Mapping[_Name, Callable[[Asker], str]], ask: Asker, prometheus: Prometheus, at: float
) -> dict[_Name, Measured]:
    return {name: _answer(query, ask, prometheus, at) for name, query in queries.items()}


def _answer(
    query: Callable[[Asker], str], ask: Asker, prometheus: Prometheus, at: float
) -> Measured:
    try:
        text = query(ask)
    except NoQueryError as error:
        return Measured(why_not=str(error))
    value = prometheus.value(text, at)
    why_not = "Prometheus has no such series in the window" if value is None else None
    return Measured(value=value, why_not=why_not, source=text)
