"""The catalog's calibration row, computed from the measured points."""

from __future__ import annotations

from collections.abc import Sequence

import yaml
from msgspec import to_builtins

from planning.catalog.rows.throughput import CalibrationFacts, Family, HalfWidths, Tested
from planning.throughput.scope import latent, narrowest
from tools.throughput.coverage import HeldOut, planned, shown, widths
from tools.throughput.points import BATCHED_TOKENS, ENGINE, GPU, VERSION, Point

_DATE = "2026-11-25"
_SOURCE = (
    "computed by `python -m tools.throughput` from benchmarks/results/h100 "
    "(measured on 2026-11-22 and 2026-11-25)"
)
_HEAD = "# Written by `python -m tools.throughput`; what it rests on is in docs/throughput.md.\n"


def calibration(dense: HeldOut, mixtures: HeldOut) -> CalibrationFacts:
    """Constants from all points, widths from held-out models; a percentile is shown only beside
    its typical figure."""
    return CalibrationFacts(
        gpu=GPU,
        engine=ENGINE,
        version=VERSION,
        batched_tokens=BATCHED_TOKENS,
        dense=_family(dense),
        mixtures=_family(mixtures),
    )


def _family(held_out: HeldOut) -> Family:
    found = widths(held_out)
    good = {
        name: coverage.half_width
        for name, coverage in found.items()
        if all(shown(found[each], held_out.widest) for each in (name, name.removesuffix("_p95")))
    }
    return Family(
        formats=tuple(sorted({point.variant for point in held_out.points})),
        constants=held_out.constants(),
        half_widths=HalfWidths(**good),
        tested=_tested([point for point in held_out.points if planned(point)]),
    )


def _tested(points: Sequence[Point]) -> Tested:
    concurrency = [point.users for point in points]
    prompts = [point.prompt for point in points]
    parameters = [point.shape.parameters for point in points]
    contexts = [point.prompt + point.output for point in points]
    windows = [narrowest(point.shape) for point in points]
    return Tested(
        parameters=(min(parameters), max(parameters)),
        concurrency=(min(concurrency), max(concurrency)),
        prompt=(min(prompts), max(prompts)),
        shortest_output=min(point.output for point in points),
        longest_context=max(contexts),
        resident=max(point.users * (point.prompt + point.output) for point in points),
        windows=any(
            window is not None and window < context
            for window, context in zip(windows, contexts, strict=True)
        ),
        latents=any(latent(point.shape) for point in points),
    )


def row_text(facts: CalibrationFacts) -> str:
    """The catalog file."""
    value = to_builtins(facts)
    row = {"id": f"{ENGINE}/{GPU}", "value": value, "source": _SOURCE}
    text = yaml.safe_dump([row], sort_keys=False, width=110)
    return f"{_HEAD}{text}  date: {_DATE}\n"
