"""Figures of speed, and of limits against them."""

from __future__ import annotations

from planning.choice import Candidate, Margin
from planning.choice.wanted import Demand
from planning.explain.value import About, Arithmetic, Explainer, Figures, Result, because, cited
from planning.throughput import Load, Range, estimate
from planning.throughput.step import Engine
from planning.throughput.work import work_of


def load_of(about: About, one: Candidate, demand: Demand) -> Load:
    """What the prediction of one replica was made for."""
    assert one.gpu is not None and one.serving is not None and one.fit is not None
    version = about.catalog.engine_versions[one.engine_version].value
    return Load(
        model=about.model,
        storage=one.serving.storage,
        kv_bits=one.kv_bits,
        gpu=one.gpu,
        facts=about.catalog.gpus[one.gpu].value,
        tensor_parallel=one.serving.gpus,
        engine=one.engine,
        version=version.contains.get(one.engine),
        kv_cache_tokens=one.fit.kv_cache_tokens,
        concurrency=one.concurrency_per_replica,
        prompt=demand.prompt_tokens,
        output=demand.output_tokens,
    )


def _figure(name: str, formula: str) -> Explainer:
    def explain(about: About, index: int) -> Arithmetic:
        assert about.document.performance is not None
        if about.plan.placed is None:
            return because(about.document.performance.reasons[_json(name)], result=None)
        demand = about.plan.placed.wanted.demand
        seen: Range | None = getattr(about.chosen.performance, name)
        if seen is None or demand is None:
            return because(about.chosen.performance.reasons[name], result=None)
        return _predicted(about, load_of(about, about.chosen, demand), name, formula)

    return explain


def _predicted(about: About, load: Load, name: str, formula: str) -> Arithmetic:
    row = about.catalog.calibrations[f"{load.engine}/{load.gpu}"]
    family = row.value.mixtures if load.model.experts else row.value.dense
    constants, work = family.constants, work_of(load.model, load.stored, load.kv_bits)
    engine = Engine(work=work, gpu=load.facts, constants=constants)
    context = load.prompt + load.output / 2
    plain = engine.step(load.concurrency, context)
    mixed = engine.step(load.concurrency - 1, context, 1, load.prompt)
    seen = getattr(estimate(load, about.catalog.calibrations), name)
    width = seen.high / seen.expected
    flops = constants.fp8_flop_share if work.fp8 else constants.flop_share
    return because(
        f"{load.concurrency} requests in flight, {load.prompt:,} tokens in and {load.output:,} out",
        f"a step reads {work.weights_read(load.concurrency) / 1e9:.2f} GB of weights and "
        f"{load.concurrency * work.kv_read(context) / 1e9:.2f} GB of KV cache at "
        f"{constants.bandwidth_share:.0%} of {load.facts.bandwidth_gb_per_s:,} GB/s, and "
        f"calculates at {flops:.0%} of the data sheet's rate",
        f"one that only decodes takes {plain * 1e3:.2f} ms, one with a prompt {mixed * 1e3:.2f} ms",
        formula,
        f"interval: x and / {width:.3g}, which held for 90 % of held-out measurements",
        result=(seen.low, seen.expected, seen.high),
        sources=(
            cited("calibration", row),
            cited("GPU", about.catalog.gpus[load.gpu]),
            "planning/throughput/schedule.py; test of the interval: docs/throughput.md",
        ),
    )


def _concurrency(about: About, index: int) -> Arithmetic:
    local = about.plan.local
    if local is not None:
        return because("engine.maxConcurrent, or its default", result=local.server.max_concurrent)
    demand = about.plan.placed.wanted.demand if about.plan.placed else None
    one = about.chosen
    if demand is None:
        return because(
            "without traffic: scaling.fullContextRequests", result=one.concurrency_per_replica
        )
    return because(
        "Little's law: requests in flight = requests/s x seconds of one; the fewest with which "
        f"a replica carries its share of {demand.requests_per_second:g} requests/s",
        result=one.concurrency_per_replica,
    )


def _limit(about: About, index: int) -> Arithmetic:
    margin = _margin(about, index)
    key = margin.figure.removesuffix("_ms")
    return because(f"as slipway:traffic.slo.{key} says", result=margin.limit)


def _room(about: About, index: int) -> Arithmetic:
    margin = _margin(about, index)
    seen = margin.predicted
    if seen is None:
        return because(margin.reason, result=None)
    ends = (seen.high, seen.expected, seen.low)
    low, expected, high = (1 - end / margin.limit for end in ends)
    room: Result = (low, expected, high)
    return because(
        f"1 - prediction / limit: 1 - {seen.expected:.4g} ms / {margin.limit:g} ms; `low` belongs "
        f"to the slow end, {seen.high:.4g} ms",
        result=room,
    )


def _held_against(about: About, index: int) -> Arithmetic:
    margin = _margin(about, index)
    seen = margin.predicted
    demand = about.plan.placed.wanted.demand if about.plan.placed else None
    if seen is None or demand is None:
        return because(margin.reason, result=None)
    prompt, output = demand.limiting
    return because(
        f"of requests of {prompt:,} tokens in and {output:,} out; {demand.percentile} where a "
        "percentile was measured, else typical",
        "planned as performance is, with these lengths",
        result=(seen.low, seen.expected, seen.high),
        sources=("docs/throughput.md",),
    )


def _margin(about: About, index: int) -> Margin:
    return about.chosen.slo[index]


def _json(name: str) -> str:
    from pydantic.alias_generators import to_camel

    return to_camel(name)


FIGURES: Figures = {
    "performance.concurrency": _concurrency,
    "performance.ttftMs": _figure(
        "ttft_ms", "half of the step that runs, the one behind it, and the prompt's own"
    ),
    "performance.itlMs": _figure(
        "itl_ms", "the mean of both kinds, by how many steps have a prompt in them"
    ),
    "performance.outputTokensPerSecond": _figure(
        "output_tokens_per_second",
        "requests in flight x tokens of an answer / seconds of one: first token, then the rest",
    ),
    "performance.ttftP95Ms": _figure(
        "ttft_p95_ms", "the typical time x the measured factor of its tail"
    ),
    "performance.itlP95Ms": _figure(
        "itl_p95_ms", "the mean time x the measured factor of its tail"
    ),
    "slo[].limitMs": _limit,
    "slo[].predictedMs": _held_against,
    "slo[].room": _room,
}
