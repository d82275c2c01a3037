"""A plan for nodes or an endpoint for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from planning.checks.space import size
from planning.report.cluster_terminal import cluster_rows
from planning.report.document import PlanDocument
from planning.report.part import RangePart
from planning.report.placed_document import (
    CandidatePart,
    ChoicePart,
    ColdStartPart,
    FitPart,
    PerformancePart,
    SloPart,
)

Row = tuple[str, str]
_UNFIT = 3


def placed_rows(document: PlanDocument) -> Iterator[Row]:
    """Name and text of each line of the plan."""
    if document.choice:
        yield from _choice(document.choice)
    if document.fit:
        yield from _fit(document.fit)
    if document.performance:
        yield from _performance(document.performance)
    yield from map(_slo, document.slo)
    if document.cold_start:
        yield from _cold_start(document.cold_start)
    if document.kubernetes:
        yield from cluster_rows(document.kubernetes)


def candidate_table(candidates: tuple[CandidatePart, ...]) -> Table:
    """What else was looked at: of engines that differ in nothing else the first, of what does not
    fit a few; the JSON has more."""
    table = Table(title="looked at", title_justify="left", box=None, padding=(0, 1, 0, 0))
    table.add_column("where", no_wrap=True)
    table.add_column("engine, weights")
    for name in ("GPUs", "replicas", "$/month", "$/M output"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for one in _shown(candidates):
        table.add_row(
            one.place,
            f"{one.engine_version}, {one.quantization}"
            + (f", KV {one.kv_bits} bits" if one.kv_bits != 16 else ""),
            str(one.tensor_parallel),
            str(one.replicas),
            "unpriced" if one.monthly_usd is None else f"{one.monthly_usd:,.0f}",
            "-"
            if one.usd_per_million_output_tokens is None
            else f"{one.usd_per_million_output_tokens:.2f}",
            one.standing or "fits" if one.fits else (one.why_not or "").partition(":")[0],
        )
    return table


def _shown(candidates: tuple[CandidatePart, ...]) -> Iterator[CandidatePart]:
    seen: set[tuple[object, ...]] = set()
    unfit = 0
    for one in candidates:
        about = (one.place, one.quantization, one.kv_bits, one.tensor_parallel, one.fits)
        unfit += not one.fits
        if about not in seen and unfit <= _UNFIT:
            seen.add(about)
            yield one


def _choice(choice: ChoicePart) -> Iterator[Row]:
    where = choice.instance_type or choice.hf_hardware or (choice.gpu or "CPU")
    bought = f", {choice.capacity} in {choice.region}" if choice.region else ""
    count = str(choice.replicas)
    if choice.max_replicas != choice.replicas:
        count += f"..{choice.max_replicas}"
    yield "replicas", f"{count} x {choice.engine_version} on {where}{bought}"
    yield (
        "weights",
        f"{choice.quantization}, KV cache in {choice.kv_bits} bits"
        + (
            f"; {choice.max_num_seqs} requests and {choice.max_batched_tokens} tokens a step"
            if choice.max_num_seqs
            else ""
        ),
    )


def _fit(fit: FitPart) -> Iterator[Row]:
    gpus = (
        f"{fit.gpus_per_replica} GPU{'s' * (fit.gpus_per_replica > 1)}, "
        f"tensor parallel {fit.tensor_parallel}"
        if fit.gpus_per_replica
        else "CPU"
    )
    yield (
        "fit",
        f"{'fits' if fit.fits else 'does not fit'}: {gpus}; weights {size(fit.weights_bytes)}, "
        f"KV cache of {fit.kv_cache_tokens:,} tokens ({fit.kv_bytes_per_token:,} bytes each)\n"
        f"{fit.max_concurrent_requests:,} requests of the longest context at once (predicted)",
    )
    if fit.gpu:
        gpu = fit.gpu
        yield (
            "each GPU",
            f"{size(gpu.visible_bytes)}, of which the engine takes {size(gpu.usable_bytes)} = "
            f"weights {size(gpu.weights_bytes)} + step {size(gpu.activation_bytes)} "
            f"+ runtime {size(gpu.runtime_bytes)} + KV cache {size(max(0, gpu.kv_cache_bytes))}",
        )
    if fit.host:
        there = fit.host.memory_there_bytes
        yield (
            "node",
            f"{size(fit.host.memory_needed_bytes)} of RAM"
            + (f" of {size(there)}" if there else "")
            + f", /dev/shm {size(fit.host.shared_memory_bytes)}",
        )


def _performance(seen: PerformancePart) -> Iterator[Row]:
    figures = (
        ("ttftMs", "first token after {} ms", seen.ttft_ms, 0),
        ("itlMs", "then a token each {} ms", seen.itl_ms, 1),
        ("outputTokensPerSecond", "{} tokens/s", seen.output_tokens_per_second, 0),
    )
    said = [words.format(_span(value, digits)) for _, words, value, digits in figures if value]
    if said:
        text = f"{', '.join(said)}, with {seen.concurrency} requests in flight"
        yield "speed", f"{text} ({seen.measured})"
    reasons = {seen.reasons[name] for name, _, value, _ in figures if not value}
    for reason in sorted(reasons):
        missing = [name for name, _, value, _ in figures if not value]
        yield ("speed" if not said else ""), f"{', '.join(missing)}: {reason}"


def _slo(slo: SloPart) -> Row:
    room = f"{_percent(slo.room)} left" if slo.room else slo.reason
    return f"{slo.figure} <= {slo.limit_ms:g}", f"{slo.verdict}: {room}"


def _cold_start(start: ColdStartPart) -> Iterator[Row]:
    known = [stage for stage in start.stages if stage.seconds]
    parts = " + ".join(
        f"{stage.name} {stage.seconds.expected:.0f}" for stage in known if stage.seconds
    )
    least = "at least " if start.at_least else ""
    total = f"{least}{start.seconds:.0f} s" if start.seconds is not None else "not known"
    yield "cold start", f"{total} = {parts} s; waited for: {start.budget_seconds} s"
    unknown = [stage.name for stage in start.stages if not stage.seconds]
    if unknown:
        yield "", f"not known: {', '.join(unknown)}"
    for lever in start.levers[:2]:
        yield "", f"{lever.setting} saves {lever.seconds_saved:.0f} s"


def _span(value: RangePart, digits: int) -> str:
    low, expected, high = (f"{n:,.{digits}f}" for n in (value.low, value.expected, value.high))
    return f"{expected} ({low}..{high})"


def _percent(room: RangePart) -> str:
    return f"{room.low:.0%} to {room.high:.0%}"
