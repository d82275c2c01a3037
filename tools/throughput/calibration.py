"""The catalog's calibration row, computed from the measured points."""

from __future__ import annotations

import yaml
from msgspec import to_builtins

from planning.catalog.rows.throughput import CalibrationFacts, HalfWidths, Tested
from tools.throughput.coverage import HeldOut, shown, widths
from tools.throughput.points import BATCHED_TOKENS, ENGINE, GPU, VERSION

_DATE = "2026-11-22"
_SOURCE = (
    "computed by `python -m tools.throughput` from benchmarks/results/h100 (measured 2026-11-22)"
)
_HEAD = "# Written by `python -m tools.throughput`; what it rests on is in docs/throughput.md.\n"


def calibration(held_out: HeldOut) -> CalibrationFacts:
    """Constants from all points of dense models, widths from held-out ones."""
    points = held_out.points
    good = {name: found.half_width for name, found in widths(held_out).items() if shown(found)}
    concurrency = [point.users for point in points]
    prompts = [point.prompt for point in points]
    parameters = [point.parameters for point in points]
    return CalibrationFacts(
        gpu=GPU,
        engine=ENGINE,
        version=VERSION,
        formats=tuple(sorted({point.variant for point in points})),
        batched_tokens=BATCHED_TOKENS,
        constants=held_out.constants(),
        half_widths=HalfWidths(**good),
        tested=Tested(
            parameters=(min(parameters), max(parameters)),
            concurrency=(min(concurrency), max(concurrency)),
            prompt=(min(prompts), max(prompts)),
            shortest_output=min(point.output for point in points),
            longest_context=max(point.prompt + point.output for point in points),
            resident=max(point.users * (point.prompt + point.output) for point in points),
        ),
    )


def row_text(facts: CalibrationFacts) -> str:
    """The catalog file."""
    value = to_builtins(facts)
    row = {"id": f"{ENGINE}/{GPU}", "value": value, "source": _SOURCE}
    text = yaml.safe_dump([row], sort_keys=False, width=110)
    return f"{_HEAD}{text}  date: {_DATE}\n"
