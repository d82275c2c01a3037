"""The plan for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planning.checks.space import size
from planning.plan import Plan
from planning.problems import problem_text
from planning.report.build import plan_document
from planning.report.document import EnginePart, GatewayPart, MemoryPart, ModelPart, PlanDocument
from planning.report.eks_terminal import cost_table, eks_rows
from planning.report.placed_document import CostPart
from planning.report.placed_terminal import candidate_table, placed_rows


def print_plan(plan: Plan, console: Console) -> None:
    document = plan_document(plan)
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, text in _rows(plan, document):
        table.add_row(name, Text(text))
    console.print(Text(f"{plan.settings.target} plan of stack {plan.stack}", style="bold"))
    console.print(table)
    if document.eks:
        console.print()
        console.print(cost_table(document.eks))
    if document.candidates:
        console.print()
        console.print(candidate_table(document.candidates))
    if plan.problems:
        console.print(
            Text("\n" + problem_text(plan.problems, origin=plan.settings.origin)), soft_wrap=True
        )


def _rows(plan: Plan, document: PlanDocument) -> Iterator[tuple[str, str]]:
    if document.model:
        yield from _model(document.model)
    if document.engine:
        yield from _engine(document.engine)
        yield from _memory(document.memory)
    else:
        yield from placed_rows(document)
    if document.eks:
        yield from eks_rows(document.eks)
    if document.gateway:
        yield from _gateway(document.gateway)
    if document.cost:
        limit = plan.settings.budget
        yield "cost", _cost(document.cost) + (f" of {limit.monthly}" if limit else "")


def _cost(cost: CostPart) -> str:
    if cost.estimated_monthly_usd is None:
        return f"unpriced: {cost.reason or 'nothing is chosen'}"
    low = cost.minimum_monthly_usd
    span = f"${low:.2f} to " if low is not None and low < cost.estimated_monthly_usd else ""
    tokens = cost.usd_per_million_output_tokens
    return f"{span}${cost.estimated_monthly_usd:.2f} a month{_expected(cost) if span else ''}" + (
        f"; a million output tokens ${tokens.expected:.2f} "
        f"(${tokens.low:.2f} to ${tokens.high:.2f})"
        if tokens
        else ""
    )


def _expected(cost: CostPart) -> str:
    """Of a range of replicas, with what it assumes."""
    usd, words = cost.expected_monthly_usd, "; ".join(cost.expected_because)
    return f", expected: {words}" if usd is None else f", expected ${usd:.2f} ({words})"


def _model(model: ModelPart) -> Iterator[tuple[str, str]]:
    licence = model.licence or "licence unknown to the catalog"
    yield "model", f"{model.name} ({licence})\n{model.source}"
    unpinned = model.source.startswith("file:")
    by = "not pinned: the file may change" if unpinned else "by the revision in its source"
    yield "pinned", f"sha256 {model.sha256}" if model.sha256 else by
    if model.min_top1_agreement is None or model.max_perplexity_ratio is None:
        yield "context", f"{model.max_context} tokens"
        return
    yield (
        "artefact",
        f"ONNX, {model.quantization} on {model.device}, context of {model.max_context} tokens\n"
        f"accepted at top-1 agreement >= {model.min_top1_agreement:g} "
        f"and perplexity ratio <= {model.max_perplexity_ratio:g}",
    )


def _engine(engine: EnginePart) -> Iterator[tuple[str, str]]:
    threads = f"{engine.threads} thread{'s' if engine.threads > 1 else ''}"
    yield (
        "replicas",
        f"{engine.replicas} x {engine.kind}, {threads} each; "
        f"{engine.max_concurrent} requests at once and {engine.max_queue} waiting in each",
    )
    yield (
        "times",
        f"request {engine.request_timeout_seconds:g} s, drain {engine.drain_seconds:g} s, "
        f"ready within {engine.ready_timeout_seconds:g} s",
    )
    yield "probes", f"live {engine.live_path}, ready {engine.ready_path}"


def _memory(memory: MemoryPart | None) -> Iterator[tuple[str, str]]:
    if memory is None:
        yield "memory", "not predicted: the catalog does not know this model"
        return
    there = size(memory.machine_bytes) if memory.machine_bytes else "not looked at"
    yield (
        "memory",
        f"{size(memory.total_bytes)} in all, {size(memory.change_bytes)} during a change; "
        f"this machine: {there}\n"
        f"each {size(memory.replica_bytes)} = weights {size(memory.weights_bytes)} "
        f"+ KV cache {size(memory.kv_cache_bytes)} + process {size(memory.runtime_bytes)} "
        "(predicted)",
    )
    yield "disk", size(memory.artefact_bytes)


def _gateway(gateway: GatewayPart) -> Iterator[tuple[str, str]]:
    keys = ", ".join(f"{key.name} ({key.source})" for key in gateway.keys) or "none needed"
    minute = gateway.requests_per_minute
    limit = f"{minute} requests a minute each" if minute else "no rate limit"
    yield "endpoint", f"{gateway.base_url} on {gateway.host}, certificate: {gateway.tls}"
    yield "keys", f"{keys}; {limit}"
    yield (
        "limits",
        f"{gateway.max_connections} connections, {gateway.max_streams} requests in flight, "
        f"{size(gateway.max_request_bytes)} a request",
    )
