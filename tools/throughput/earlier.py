"""Points of an earlier visit, which no fit has seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from planning.catalog.rows.throughput import Constants
from tools.throughput.points import Point, measured

_FILE = Path(__file__).with_name("earlier.yaml")


def ratios(constants: Constants) -> Iterator[tuple[Point, float]]:
    """Measured over predicted output tokens/s."""
    raw: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    for variant in ("bf16", "fp8"):
        same = (raw["model"], variant)
        like = next(point for point in measured() if (point.model, point.variant) == same)
        for users, rate in raw[variant].items():
            point = replace(
                like, kind="batch", users=users, prompt=raw["prompt"], output=raw["output"]
            )
            yield point, rate / point.predicted(constants).throughput


def earlier(constants: Constants) -> Iterator[str]:
    """Rows of a table."""
    yield "| model | format | users | ratio |"
    yield "|---|---|--:|--:|"
    for point, ratio in ratios(constants):
        yield f"| {point.model} | {point.variant} | {point.users} | {ratio:.2f} |"
