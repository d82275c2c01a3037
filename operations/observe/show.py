"""Deviations for people at a terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from operations.observe.deviation import UNITS, Deviation, Verdict
from operations.observe.measured import Measured
from planning.prediction import Figure, LoadName

_STYLES: Mapping[Verdict, str] = {
    "inside": "green",
    "outside": "bold red",
    "another load": "yellow",
    "not predicted": "dim",
    "not measured": "dim",
}


def print_table(found: Iterable[Deviation], console: Console) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("figure", no_wrap=True)
    for name in ("predicted", "measured", "ratio"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("verdict")
    for one in found:
        why = f": {one.why}" if one.why else ""
        table.add_row(
            UNITS[one.figure],
            _predicted(one.predicted),
            _number(one.measured.value),
            "-" if one.ratio is None else f"{one.ratio:.2f}",
            Text(f"{one.verdict}{why}", style=_STYLES[one.verdict]),
        )
    console.print(table)


def document(
    found: Iterable[Deviation], load: Mapping[LoadName, Measured], *, stack: str, window: str
) -> str:
    figures = {one.figure: _figure(one) for one in found}
    conditions = {name: one.value for name, one in load.items()}
    made = {"stack": stack, "window": window, "load": conditions, "figures": figures}
    return json.dumps(made, indent=2)


def _figure(one: Deviation) -> dict[str, Any]:
    predicted = one.predicted.model_dump(mode="json", by_alias=True) if one.predicted else None
    return {
        "unit": UNITS[one.figure],
        "predicted": predicted,
        "measured": one.measured.value,
        "ratio": one.ratio,
        "verdict": one.verdict,
        "why": one.why,
        "source": one.measured.source,
    }


def _predicted(figure: Figure | None) -> str:
    if figure is None:
        return "-"
    more = "+" if figure.at_least else ""
    middle = _number(figure.expected)
    if figure.low == figure.high:
        return f"{middle}{more}"
    return f"{middle} ({_number(figure.low)} to {_number(figure.high)}{more})"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"
