"""Memory of a replica: on GPUs, and on a CPU."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from planning.checks.space import size
from planning.choice import Candidate
from planning.fit import Memory
from planning.page.table import Picture, Section, Table, columns
from planning.plan import Plan
from planning.report.pictures.memory import MemoryBar, memory_bars
from planning.report.wording import many

_SHOWN = 5
_LEGEND = (
    ("weights", "weights"),
    ("step", "largest step"),
    ("runtime", "runtime and graphs"),
    ("kv", "KV cache"),
    ("left-over", "left over"),
    ("missing", "missing"),
    ("limit", "what the engine may take"),
)
_PARTS = columns(
    "where", "weights>", "step>", "runtime, graphs>", "KV cache>", "usable>", "visible>", ""
)


def memory_section(plan: Plan) -> Section | None:
    """None where no memory was reckoned."""
    if plan.local is not None:
        return _of_machine(plan)
    if plan.placed is None or plan.placed.chosen is None:
        return None
    if plan.placed.chosen.memory is not None:
        return _of_nodes(plan.placed.chosen, plan.placed.chosen.memory)
    return _of_gpus([one for one in _one_a_gpu(plan) if one.fit is not None])


def _one_a_gpu(plan: Plan) -> Iterator[Candidate]:
    """The chosen deployment, then of each other kind of GPU the best one."""
    assert plan.placed is not None and plan.placed.chosen is not None
    yield plan.placed.chosen
    seen = {plan.placed.chosen.gpu}
    for one in plan.placed.choice.candidates:
        if one.gpu not in seen and len(seen) < _SHOWN:
            seen.add(one.gpu)
            yield one


def _of_gpus(some: list[Candidate]) -> Section:
    bars = [_gpu_bar(one) for one in some]
    chosen = some[0]
    assert chosen.fit is not None
    each = f"each of {chosen.gpus_per_replica} GPUs" if chosen.gpus_per_replica > 1 else "the GPU"
    fit = chosen.fit
    words = [
        f"One replica takes {many(chosen.gpus_per_replica, 'GPU')}; shown is {each}, or the "
        f"fullest of them. The KV cache holds {fit.kv_cache_tokens:,} tokens, "
        f"{fit.kv_bytes_per_token:,} bytes each: {many(fit.max_concurrent_requests, 'request')} "
        "of the longest context at once."
    ]
    if len(some) > 1:
        words.append("Below it, the best deployment on other GPUs that were looked at.")
    return Section(
        slug="memory",
        title="Memory of each GPU",
        words=tuple(words),
        picture=_picture(bars),
        tables=(Table(columns=_PARTS, rows=tuple(map(_gpu_row, some))),),
    )


def _gpu_bar(one: Candidate) -> MemoryBar:
    assert one.fit is not None
    budget = one.fit.budget
    parts = [
        ("weights", budget.weights),
        ("step", budget.activations),
        ("runtime", budget.runtime + budget.graphs),
    ]
    if budget.kv_cache > 0:
        parts.append(("kv", budget.kv_cache))
    return MemoryBar(
        label=_label(one),
        note=_verdict(one),
        parts=_within(parts, budget.usable),
        usable=budget.usable,
        visible=budget.visible,
        missing=max(0, budget.engine - budget.usable),
    )


def _within(parts: list[tuple[str, int]], usable: int) -> tuple[tuple[str, int], ...]:
    """No more than fits: the rest is drawn as missing."""
    found: list[tuple[str, int]] = []
    room = usable
    for name, size_ in parts:
        found.append((name, min(size_, room)))
        room -= found[-1][1]
    return tuple((name, size_) for name, size_ in found if size_)


def _gpu_row(one: Candidate) -> tuple[str, ...]:
    assert one.fit is not None
    budget = one.fit.budget
    kv = size(budget.kv_cache) if budget.kv_cache >= 0 else f"-{size(-budget.kv_cache)}"
    return (
        _label(one),
        size(budget.weights),
        size(budget.activations),
        size(budget.runtime + budget.graphs),
        kv,
        size(budget.usable),
        size(budget.visible),
        _verdict(one),
    )


def _label(one: Candidate) -> str:
    parallel = one.serving.tensor_parallel if one.serving else 1
    divided = f", 1/{parallel}" if parallel > 1 else ""
    return f"{one.gpu} ({one.place}, {one.quantization}{divided})"


def _verdict(one: Candidate) -> str:
    assert one.fit is not None
    if one.fits:
        return f"fits, {one.fit.kv_cache_tokens:,} tokens"
    return one.problems[0].code


def _of_machine(plan: Plan) -> Section | None:
    memory, local, machine = plan.memory, plan.local, plan.machine
    if memory is None or local is None:
        return None
    total = memory.replica * local.replicas
    visible = machine.memory_bytes if machine else total
    bar = MemoryBar(
        label=f"this machine, {many(local.replicas, 'replica')}",
        note=f"{size(total)} of {size(visible)}" if machine else size(total),
        parts=_within(_replica_parts(memory, local.replicas), visible),
        usable=visible,
        visible=visible,
        missing=max(0, total - visible),
    )
    rows = tuple((name, size(part), size(part * local.replicas)) for name, part in _named(memory))
    return Section(
        slug="memory",
        title="Memory of this machine",
        words=(
            f"A rolling change starts one more replica first: {size(total + memory.replica)} then.",
        ),
        picture=_picture([bar]),
        tables=(Table(columns=columns("part", "one replica>", "all>"), rows=rows),),
    )


def _of_nodes(chosen: Candidate, memory: Memory) -> Section:
    count = chosen.replicas_per_node
    total = memory.replica * count
    there = chosen.host.memory_there if chosen.host else None
    bar = MemoryBar(
        label=f"{chosen.place}, {many(count, 'replica')} a node",
        note="fits" if chosen.fits else chosen.problems[0].code,
        parts=_within(_replica_parts(memory, count), there or total),
        usable=there or total,
        visible=there or total,
        missing=max(0, total - there) if there else 0,
    )
    rows = tuple((name, size(part), size(part * count)) for name, part in _named(memory))
    return Section(
        slug="memory",
        title="Memory of a node",
        words=(
            f"A node leaves {size(there)} to Pods."
            if there
            else "What a node leaves to Pods is not known.",
        ),
        picture=_picture([bar]),
        tables=(Table(columns=columns("part", "one replica>", "a node>"), rows=rows),),
    )


def _named(memory: Memory) -> tuple[tuple[str, int], ...]:
    return (
        ("weights", memory.weights),
        ("KV cache, all rows full", memory.kv_cache),
        ("process", memory.runtime),
    )


def _replica_parts(memory: Memory, count: int) -> list[tuple[str, int]]:
    return [
        ("weights", memory.weights * count),
        ("kv", memory.kv_cache * count),
        ("runtime", memory.runtime * count),
    ]


def _picture(bars: list[MemoryBar]) -> Picture:
    title = "Memory, part by part"
    described = "; ".join(
        f"{bar.label}: "
        + ", ".join(f"{name} {size(part)}" for name, part in bar.parts)
        + f" of {size(bar.usable)} usable, {bar.note}"
        for bar in bars
    )
    used = {name for bar in bars for name, _ in bar.parts}
    if any(bar.missing for bar in bars):
        used.add("missing")
    used.add("left-over")
    if any(bar.usable < bar.visible for bar in bars):
        used.add("limit")
    return Picture(
        title=title,
        description=described,
        legend=tuple(pair for pair in _LEGEND if pair[0] in used),
        draw=partial(_draw, tuple(bars), title, described),
    )


def _draw(bars: tuple[MemoryBar, ...], title: str, described: str, width: int, prefix: str) -> str:
    return memory_bars(bars, width, prefix, title, described)
