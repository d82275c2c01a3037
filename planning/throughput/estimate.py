"""How fast a replica answers under a load, with an interval tested on held-out models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planning.catalog.rows.throughput import CalibrationFacts, CalibrationRow, Family
from planning.throughput.load import Load
from planning.throughput.schedule import steady
from planning.throughput.scope import outside
from planning.throughput.step import Engine
from planning.throughput.work import work_of


@dataclass(frozen=True, kw_only=True)
class Range:
    """90 % of held-out measurements lay between `low` and `high` (docs/throughput.md)."""

    low: float
    expected: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Performance:
    """Of one replica; a figure that is None has its reason in `reasons`, under its name."""

    ttft_ms: Range | None = None
    """Typical (median) milliseconds to the first token."""
    itl_ms: Range | None = None
    """Mean milliseconds between tokens of one answer."""
    output_tokens_per_second: Range | None = None
    """Of all answers together."""
    ttft_p95_ms: Range | None = None
    """Milliseconds to the first token that 95 % of requests keep."""
    itl_p95_ms: Range | None = None
    """Milliseconds between tokens, meant over one answer, that 95 % of answers keep."""
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    measured: str | None = None
    """On which engine's release, and what is deployed instead."""


FIGURES = ("ttft_ms", "itl_ms", "output_tokens_per_second", "ttft_p95_ms", "itl_p95_ms")


def estimate(load: Load, calibrations: Mapping[str, CalibrationRow]) -> Performance:
    """Inside the tested range of the calibration of that engine on that GPU; else only reasons."""
    row = calibrations.get(f"{load.engine}/{load.gpu}")
    if row is None:
        return _nothing(f"no estimate: {load.engine} on {load.gpu} was not measured")
    family = row.value.mixtures if load.model.experts else row.value.dense
    reason = outside(load, family)
    return _nothing(reason) if reason else _figures(load, row.value, family)


def _nothing(reason: str) -> Performance:
    return Performance(reasons=dict.fromkeys(FIGURES, reason))


def _figures(load: Load, facts: CalibrationFacts, family: Family) -> Performance:
    work = work_of(load.model, load.stored, load.kv_bits)
    seen = steady(
        Engine(work=work, gpu=load.facts, constants=family.constants),
        users=load.concurrency,
        prompt=load.prompt,
        output=load.output,
        batched=facts.batched_tokens,
    )
    widths = family.half_widths
    ranges = {
        "ttft_ms": _range(seen.ttft, widths.ttft, 1000),
        "itl_ms": _range(seen.itl, widths.itl, 1000),
        "output_tokens_per_second": _range(seen.throughput, widths.throughput),
        "ttft_p95_ms": _range(seen.ttft_p95, widths.ttft_p95, 1000),
        "itl_p95_ms": _range(seen.itl_p95, widths.itl_p95, 1000),
    }
    wide = "no estimate: its interval is too wide, or did not hold (docs/throughput.md)"
    alone = "no estimate: percentiles of one user alone were not measured"
    return Performance(
        **ranges,
        reasons={
            name: alone if name.endswith("p95_ms") and load.concurrency == 1 else wide
            for name, found in ranges.items()
            if found is None
        },
        measured=_measured(load, facts),
    )


def _range(expected: float | None, half_width: float | None, unit: float = 1) -> Range | None:
    if expected is None or half_width is None:
        return None
    middle = expected * unit
    return Range(low=middle / half_width, expected=middle, high=middle * half_width)


def _measured(load: Load, facts: CalibrationFacts) -> str:
    on = f"measured on {facts.engine} {facts.version}"
    if load.version == facts.version:
        return on
    return f"{on}, deployed as {load.version or 'a version that is not known'}"
