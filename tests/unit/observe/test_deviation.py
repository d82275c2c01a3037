"""A figure is judged only where it was predicted, measured, and under the predicted load."""

from __future__ import annotations

import pytest

from operations.observe.deviation import Deviation, deviations
from operations.observe.measured import Measured
from planning.prediction import FigureName, LoadName
from tests.support.predictions import PREDICTION

LOAD: dict[LoadName, Measured] = {
    "concurrency": Measured(value=11),
    "promptTokens": Measured(value=500),
    "outputTokens": Measured(value=250),
}


def _judged(name: FigureName, value: float | None, **load: float) -> Deviation:
    measured = Measured(value=value, why_not=None if value else "not there")
    found = {**LOAD, **{key: Measured(value=one) for key, one in load.items()}}
    (one,) = deviations(PREDICTION, {name: measured}, found)  # type: ignore[arg-type]
    return one


@pytest.mark.parametrize(
    ("name", "value", "verdict"),
    [
        ("ttftMs", 60, "inside"),
        ("ttftMs", 90.1, "outside"),
        ("itlMs", 8.9, "outside"),
        ("replicas", 4, "inside"),
        ("replicas", 0.5, "outside"),
        ("monthlyUsd", 20_001, "outside"),
        # A stage of the start is not known, so that longer is no error.
        ("startSeconds", 500, "not predicted"),
        ("startSeconds", 100, "outside"),
        ("itlMs", None, "not measured"),
    ],
)
def test_a_measure_lies_in_or_out(name: FigureName, value: float | None, verdict: str) -> None:
    assert _judged(name, value).verdict == verdict


def test_another_load_is_no_error_of_the_prediction() -> None:
    judged = _judged("ttftMs", 500, concurrency=20)
    assert judged.verdict == "another load"
    assert judged.why == "concurrency 20, predicted at 10"
    assert judged.ratio == pytest.approx(500 / 70)
    assert _judged("replicas", 3, concurrency=20).verdict == "inside"


def test_a_load_that_nobody_measured_judges_nothing() -> None:
    (one,) = deviations(PREDICTION, {"ttftMs": Measured(value=70)}, {})
    assert (one.verdict, one.why) == ("another load", "concurrency is not measured")


def test_what_is_neither_predicted_nor_measured_is_no_row() -> None:
    bare = PREDICTION.model_copy(update={"figures": {}})
    assert deviations(bare, {"ttftMs": Measured(why_not="no")}, LOAD) == ()
    (one,) = deviations(bare, {"ttftMs": Measured(value=70)}, LOAD)
    assert (one.verdict, one.ratio) == ("not predicted", None)
