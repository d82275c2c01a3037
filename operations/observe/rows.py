"""Calibration rows: a CSV file that grows by what each observation found."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

from operations.observe.deviation import Deviation
from operations.observe.measured import Measured
from planning.prediction import LoadName, Prediction

COLUMNS: tuple[str, ...] = (
    "date",
    "stack",
    "target",
    "model",
    "engine_version",
    "place",
    "figure",
    "predicted_low",
    "predicted",
    "predicted_high",
    "measured",
    "ratio",
    "verdict",
    "concurrency",
    "prompt_tokens",
    "output_tokens",
    "window",
)
_KEY = ("date", "stack", "figure")
Row = dict[str, str]


class RowsError(Exception):
    """The file holds something else."""


def rows_of(
    prediction: Prediction,
    found: Iterable[Deviation],
    load: Mapping[LoadName, Measured],
    *,
    stack: str,
    day: datetime.date,
    window: str,
) -> list[Row]:
    """Of what was predicted and measured both. `stack`: Pulumi's name of it."""
    shared = {
        "date": str(day),
        "stack": stack,
        "target": prediction.target,
        "model": prediction.model,
        "engine_version": prediction.engine_version or "",
        "place": prediction.place,
        "concurrency": _load(load, "concurrency"),
        "prompt_tokens": _load(load, "promptTokens"),
        "output_tokens": _load(load, "outputTokens"),
        "window": window,
    }
    return [
        {**shared, **_figures(one)}
        for one in found
        if one.predicted is not None and one.measured.value is not None
    ]


def write_rows(file: Path, rows: Iterable[Row]) -> None:
    """A row of the same day, stack and figure takes the place of the earlier one."""
    kept = {tuple(row[key] for key in _KEY): row for row in _read(file)}
    kept |= {tuple(row[key] for key in _KEY): row for row in rows}
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for _, row in sorted(kept.items()))


def _read(file: Path) -> list[Row]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as text:
        reader = csv.DictReader(text)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise RowsError(f"{file} holds no calibration rows: its first line is another")
        return list(reader)


def _figures(one: Deviation) -> Row:
    predicted = one.predicted
    if predicted is None:
        raise AssertionError("a row without a prediction")
    return {
        "figure": one.figure,
        "predicted_low": _number(predicted.low),
        "predicted": _number(predicted.expected),
        "predicted_high": _number(predicted.high),
        "measured": _number(one.measured.value),
        "ratio": _number(one.ratio),
        "verdict": one.verdict,
    }


def _load(load: Mapping[LoadName, Measured], name: LoadName) -> str:
    return _number(load[name].value) if name in load else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
