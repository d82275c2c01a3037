"""The cheapest changes that make a candidate fit, each found by planning it again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.choice.candidate import Candidate
from planning.choice.rerun import Rerun
from planning.choice.space import SEVERAL_NODES
from planning.choice.wanted import Wanted
from planning.memory.pool import pool_of
from planning.problems import Problem, errors_of

MOST = 3
_MENDABLE = frozenset(
    {
        "weights-too-large",
        "context-too-long",
        "context-beyond-model",
        "concurrency-too-high",
        "gpus-too-few",
        "gpu-memory-overcommitted",
        "host-memory-too-small",
        "repository-too-large",
        "disk-too-small",
        "tensor-parallel-uneven",
        "tensor-parallel-too-large",
        "pipeline-parallel-too-large",
        "storage-unsupported",
        "quantization-unsupported",
        "gpu-unsupported",
        "gpu-missing",
        "gpu-slice",
        "hardware-deprecated",
        "not-on-demand",
        "model-unsupported",
    }
)
"""Errors that other hardware, or less of what is asked, can mend."""


@dataclass(frozen=True, kw_only=True)
class _Way:
    """One change, and what a month of it costs."""

    does: str
    found: Candidate

    @property
    def text(self) -> str:
        return f"{self.does} ({_monthly(self.found)})"


def ways_out(
    model: Architecture,
    wanted: Wanted,
    candidate: Candidate,
    catalog: Catalog,
    today: datetime.date,
) -> tuple[str, ...]:
    """At most three texts with a price each, the cheapest first; empty: nothing was found."""
    again = Rerun(model=model, wanted=wanted, catalog=catalog, today=today)
    ways = [*_same_hardware(again, candidate), *_other_hardware(again, candidate)]
    ways.sort(key=lambda way: _order(way.found))
    return tuple(way.text for way in ways[:MOST])


def with_ways_out(
    model: Architecture,
    wanted: Wanted,
    candidate: Candidate,
    catalog: Catalog,
    today: datetime.date,
) -> Candidate:
    """The same candidate; the gravest error that they mend names them, cheapest first."""
    mended = next((p for p in errors_of(candidate.problems) if p.code in _MENDABLE), None)
    if mended is None:
        return candidate
    ways = ways_out(model, wanted, candidate, catalog, today)
    if not ways:
        return candidate
    told = replace(mended, fixes=(*ways, *_others(mended)))
    return replace(
        candidate,
        problems=tuple(told if problem is mended else problem for problem in candidate.problems),
    )


def _others(problem: Problem) -> Iterator[str]:
    """What is not a number that the ways name better."""
    return (fix for fix in problem.fixes if not fix.removeprefix("write ").isdigit())


def _same_hardware(again: Rerun, candidate: Candidate) -> Iterator[_Way]:
    """Changes that cost nothing, or fewer of what is asked."""
    if candidate.fit is None or candidate.serving is None:
        return
    same = again.on(candidate)
    if again.wanted.tensor_parallel is not None and (
        found := same.best(tensor_parallel=None, pipeline_parallel=None)
    ):
        size = found.fit.tensor_parallel if found.fit else 1
        yield _Way(does=f"write tensorParallel: {size}", found=found)
    unstated = same.best(quantization=None) if again.wanted.quantization else None
    if unstated and unstated.quantization != "fp8":
        yield _Way(does=f"leave quantization out: {unstated.quantization}", found=unstated)
    if candidate.quantization != "fp8" and (found := same.best(quantization="fp8")):
        yield _Way(does="write quantization: fp8", found=found)
    if candidate.kv_bits == 16 and (found := same.best(kv_bits=8)):
        yield _Way(does="write kvCacheDtype: fp8", found=found)
    for nodes in SEVERAL_NODES if again.wanted.target in ("eks", "kubernetes") else ():
        if found := same.best(nodes_per_replica=nodes, pipeline_parallel=None):
            yield _Way(does=f"write nodesPerReplica: {nodes}", found=found)
            break
    room = candidate.fit.max_concurrent_requests
    if 0 < room < again.wanted.concurrency and (found := same.best(concurrency=room)):
        yield _Way(does=f"write fullContextRequests: {room}", found=found)
    longest = pool_of(again.model, candidate.serving).longest(
        max(0, candidate.fit.budget.kv_cache), min(again.wanted.context, again.model.max_context)
    )
    if 0 < longest < again.wanted.context and (found := same.best(context=longest)):
        yield _Way(does=f"write maxContext: {longest}", found=found)


def _other_hardware(again: Rerun, candidate: Candidate) -> Iterator[_Way]:
    """The cheapest of each of the two cheapest kinds of GPU; and one with fewer bits a weight."""
    seen: set[str | None] = set()
    for found in again.anywhere(candidate):
        if found.gpu in seen:
            continue
        seen.add(found.gpu)
        yield _Way(does=_take(found), found=found)
        if len(seen) == 2:
            break
    if again.wanted.quantization is None:
        for found in again.anywhere(candidate, quantization="fp8"):
            yield _Way(does=f"{_take(found)} and write quantization: fp8", found=found)
            return


def _take(found: Candidate) -> str:
    parallel = f" with tensor parallel {found.fit.tensor_parallel}" if found.fit else ""
    return f"take {found.place}{parallel}"


def _order(found: Candidate) -> tuple[bool, Decimal]:
    monthly = found.monthly_usd
    return (monthly is None, monthly[1] if monthly else Decimal(0))


def _monthly(found: Candidate) -> str:
    if found.monthly_usd is None:
        return found.unpriced or "unpriced"
    low, high = found.monthly_usd
    return f"${high:,.0f} a month" if low == high else f"${low:,.0f} to ${high:,.0f} a month"
