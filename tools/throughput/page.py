"""docs/throughput.md: what was measured, what is predicted, and how often the interval held."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from planning.catalog.rows.throughput import CalibrationFacts, Constants, Family
from planning.meanings import meanings
from tools.throughput.coverage import Coverage, HeldOut, coverage, planned
from tools.throughput.earlier import earlier
from tools.throughput.fit import METRICS
from tools.throughput.points import Point
from tools.throughput.words import COVERAGE, HEAD, MIXTURES, NOT_USED, TAILS

_NAMES = {
    "ttft": "TTFT",
    "itl": "ITL",
    "throughput": "output tokens/s",
    "ttft_p95": "TTFT p95",
    "itl_p95": "ITL p95",
}
_UNITS = {"_share": (100, "%"), "_seconds": (1e6, "µs"), "_tail": (1, "×")}


def page(dense: HeldOut, mixtures: HeldOut, facts: CalibrationFacts) -> str:
    head = HEAD.format(
        version=facts.version,
        gpu=facts.gpu,
        points=len(dense.points) + len(mixtures.points),
        dense=len(dense.models),
        mixtures=len(mixtures.models),
    )
    parts = [
        head.rstrip(),
        COVERAGE.format(dense=dense.widest, mixtures=mixtures.widest),
        *_coverages("dense", dense, facts.dense),
        *_coverages("mixtures", mixtures, facts.mixtures),
        TAILS,
        "\n## Constants\n",
        *_constants(facts),
        _tested("dense models", facts.dense),
        _tested("mixtures", facts.mixtures),
        MIXTURES,
        "\n## Left out, one by one\n",
        "Measured ÷ predicted by constants that never saw the model.\n",
        *_points(dense),
        "",
        *_points(mixtures),
        "\n## An earlier visit\n",
        "Never fitted; output tokens/s of batches, measured ÷ predicted.\n",
        *earlier(facts.dense.constants),
        NOT_USED,
    ]
    return "\n".join(parts) + "\n"


def _coverages(models: str, held_out: HeldOut, family: Family) -> Iterator[str]:
    for metric in METRICS:
        verdict = "yes" if getattr(family.half_widths, metric) else "no"
        yield _row(models, metric, "planned", coverage(held_out, metric, planned), verdict)
    for metric in METRICS[:3]:
        yield _row(
            models, metric, "batches", coverage(held_out, metric, lambda p: not planned(p)), "–"
        )


def _row(models: str, metric: str, loads: str, found: Coverage, verdict: str) -> str:
    return (
        f"| {models} | {_NAMES[metric]} | {loads} | {found.points} | {found.inside} | "
        f"{found.share:.1%} | ×{found.half_width:.2f} | {verdict} |"
    )


def _points(held_out: HeldOut) -> Iterator[str]:
    yield f"| model | format | load | users | in/out | {' | '.join(_NAMES.values())} |"
    yield f"|---|---|---|--:|--:|{'--:|' * len(_NAMES)}"
    ratios: dict[int, dict[str, str]] = {}
    every = {id(point): point for point in held_out.points}
    for model in held_out.models:
        for point, name, error in held_out.errors(model):
            ratios.setdefault(id(point), {})[name] = f"{exp(error):.2f}"
    for key, found in ratios.items():
        yield _ratios(every[key], found)


def _ratios(point: Point, found: dict[str, str]) -> str:
    return (
        f"| {point.model} | {point.variant} | {point.kind} | {point.users} | "
        f"{point.prompt:,}/{point.output} | "
        f"{' | '.join(found.get(name, '') for name in _NAMES)} |"
    )


def _constants(facts: CalibrationFacts) -> Iterator[str]:
    yield "| constant | dense | mixtures | meaning |"
    yield "|---|--:|--:|---|"
    for name, meaning in meanings(Constants).items():
        factor, unit = next(value for end, value in _UNITS.items() if name.endswith(end))
        values = [
            f"{getattr(family.constants, name) * factor:.4g} {unit}"
            for family in (facts.dense, facts.mixtures)
        ]
        yield f"| {name} | {' | '.join(values)} | {meaning} |"


def _tested(models: str, family: Family) -> str:
    tested = family.tested
    return (
        f"\nTested, {models}: {tested.parameters[0] / 1e9:.1f}–{tested.parameters[1] / 1e9:.1f} "
        f"billion parameters, {tested.concurrency[0]}–{tested.concurrency[1]} requests at once, "
        f"prompts of {tested.prompt[0]:,}–{tested.prompt[1]:,} tokens, answers from "
        f"{tested.shortest_output} on, {tested.longest_context:,} tokens a request and "
        f"{tested.resident:,} together; {', '.join(family.formats)}."
    )
