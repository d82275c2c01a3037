"""docs/throughput.md: what was measured, what is predicted, and how often the interval held."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from planning.catalog.rows.throughput import CalibrationFacts, Constants
from planning.meanings import meanings
from tools.throughput.coverage import WIDEST_DENSE, Coverage, HeldOut, coverage, planned, shown
from tools.throughput.earlier import earlier
from tools.throughput.fit import METRICS, log_errors
from tools.throughput.points import Point

_NAMES = {"ttft": "TTFT", "itl": "ITL", "throughput": "output tokens/s"}
_UNITS = {"_share": (100, "%"), "_seconds": (1e6, "µs")}
_HEAD = """<!-- Written by `python -m tools.throughput`; edit the code instead. -->
# Throughput and latency

How fast a replica answers is a roofline (`planning/throughput/`): bytes and operations of a step \
by the model's shape, on the GPU's data sheet, with a few constants fitted to measured points. A \
figure is shown only inside what was measured; elsewhere a plan says "no estimate" and why.

Points: `benchmarks/results/h100/` (vLLM {version}, one {gpu}, random weights, {points} points of \
{models} dense models). Points marked `stalled`, `kvOvercommitted` or `routingSpread: false` are \
left out; a plan for another version says "measured on {version}, deployed as …".
"""
_COVERAGE = """
## Does the interval hold?

Each model, with all its variants, is left out in turn: constants and width come from the other \
models alone (the width from their own left-out errors, split conformal at 90 %), and the left-out \
points are looked up in that interval. Shown are figures with 87–93 % inside and a factor of at \
most ×{widest}. The factor below is the shipped one, from all models.

| figure | loads | points | inside | coverage | factor | shown |
|---|---|--:|--:|--:|--:|---|"""
_LOADS = """
Planned loads are one user, and 64 users in a closed loop, each point taken once: few, so that one \
point is 7 %. Their errors alone make the width. Batches (all requests at once) are fitted too and \
looked up in the same interval; of more than 64 users, and of prompts and answers of other lengths \
than 512 and 256, there are batches only. TTFT is the median, ITL the mean."""


def page(held_out: HeldOut, facts: CalibrationFacts, mixtures: tuple[Point, ...]) -> str:
    head = _HEAD.format(
        version=facts.version,
        gpu=facts.gpu,
        points=len(held_out.points),
        models=len(held_out.models),
    )
    parts = [
        head.rstrip(),
        _COVERAGE.format(widest=WIDEST_DENSE),
        *_coverages(held_out),
        _LOADS,
        "\n## Left out, one by one\n",
        "Measured ÷ predicted by constants that never saw the model.\n",
        *_points([row for model in held_out.models for row in held_out.errors(model)]),
        "\n## Constants\n",
        *_constants(facts),
        "\n## An earlier visit\n",
        "Never fitted; output tokens/s of batches, measured ÷ predicted.\n",
        *earlier(facts.constants),
        "\n## Mixtures of experts\n",
        "One shape was measured with routing as in a real model, so none can be held out for "
        "another: no estimate. By the constants of dense models, measured ÷ predicted is:\n",
        *_points(list(log_errors(mixtures, facts.constants))),
        "\n## Not used\n",
        "MLPerf results and other published rates: their engines, lengths and loads differ. Other "
        "GPUs, tensor parallelism, other formats, prompts and contexts outside the constants' "
        "range: not measured, so no estimate.",
    ]
    return "\n".join(parts) + "\n"


def _coverages(held_out: HeldOut) -> Iterator[str]:
    for metric in METRICS:
        plan = coverage(held_out, metric, planned)
        verdict = "yes" if shown(plan) else "no"
        yield _row(metric, "planned", plan, verdict)
        yield _row(metric, "batches", coverage(held_out, metric, lambda p: not planned(p)), "–")


def _row(metric: str, loads: str, found: Coverage, verdict: str) -> str:
    return (
        f"| {_NAMES[metric]} | {loads} | {found.points} | {found.inside} | "
        f"{found.share:.1%} | ×{found.half_width:.2f} | {verdict} |"
    )


def _points(errors: list[tuple[Point, str, float]]) -> Iterator[str]:
    yield "| model | format | load | users | in/out | TTFT | ITL | output tokens/s |"
    yield "|---|---|---|--:|--:|--:|--:|--:|"
    for at in range(0, len(errors), len(METRICS)):
        point = errors[at][0]
        ratios = " | ".join(f"{exp(error):.2f}" for _, _, error in errors[at : at + len(METRICS)])
        yield (
            f"| {point.model} | {point.variant} | {point.kind} | {point.users} | "
            f"{point.prompt:,}/{point.output} | {ratios} |"
        )


def _constants(facts: CalibrationFacts) -> Iterator[str]:
    yield "| constant | value | meaning |"
    yield "|---|--:|---|"
    for name, meaning in meanings(Constants).items():
        factor, unit = next(value for end, value in _UNITS.items() if name.endswith(end))
        value = f"{getattr(facts.constants, name) * factor:.4g} {unit}"
        yield f"| {name} | {value} | {' '.join(meaning.split())} |"
    tested = facts.tested
    yield (
        f"\nTested: {tested.parameters[0] / 1e9:.1f}–{tested.parameters[1] / 1e9:.1f} billion "
        f"parameters, {tested.concurrency[0]}–{tested.concurrency[1]} requests at once, prompts of "
        f"{tested.prompt[0]:,}–{tested.prompt[1]:,} tokens, answers from {tested.shortest_output} "
        f"on, {tested.longest_context:,} tokens a request and {tested.resident:,} together; "
        f"{' and '.join(facts.formats)} for weights and KV cache alike."
    )
