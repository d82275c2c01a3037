"""The plan in a sentence and a few figures."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.space import size
from planning.report.document import PlanDocument
from planning.report.placed_document import ChoicePart
from planning.report.wording import dollars, many, spread

KeyFigure = tuple[str, str, str]


def sentence(document: PlanDocument) -> str:
    """What would run where, and whether `pulumi up` would go on."""
    errors = [problem for problem in document.problems if problem.severity == "error"]
    warnings = [problem for problem in document.problems if problem.severity == "warning"]
    name = document.model.name if document.model else "The model"
    if errors:
        first = errors[0]
        return f"{name} cannot be deployed as it is written: {first.code}, {first.got}."
    choice = document.choice
    where = f" on {_place(choice)}" if choice else ""
    what = f"{_replicas(choice)} of {name}" if choice else name
    said = f"{many(len(warnings), 'warning')}" if warnings else "no warnings"
    return f"{what}{where}: can be deployed, {said}."


def key_figures(document: PlanDocument) -> Iterator[KeyFigure]:
    """Name, value, remark."""
    cost, fit, speed, start = (
        document.cost,
        document.fit,
        document.performance,
        document.cold_start,
    )
    if cost is not None:
        usd = cost.estimated_monthly_usd
        budget = cost.budget_monthly_usd
        remark = "computing alone, 730 h" if document.target != "local" else "not billed"
        mean = cost.expected_monthly_usd
        if mean is not None and usd is not None and mean < usd:
            remark += f"; expected {dollars(mean)}"
        if budget is not None:
            remark += f"; budget {dollars(budget)}"
        yield "a month", "unpriced" if usd is None else dollars(usd), remark
    if fit is not None:
        yield (
            "memory",
            "fits" if fit.fits else "does not fit",
            f"weights {size(fit.weights_bytes)}, KV cache of {fit.kv_cache_tokens:,} tokens",
        )
    if speed is not None:
        remark = speed.measured or next(iter(speed.reasons.values()), "")
        yield "between tokens", spread(speed.itl_ms, "ms", 1), remark
        yield (
            "one replica",
            spread(speed.output_tokens_per_second, "tokens/s"),
            f"{many(speed.concurrency, 'request')} in flight",
        )
    if start is not None:
        least = "at least " if start.at_least else ""
        seconds = "not known" if start.seconds is None else f"{least}{start.seconds:.0f} s"
        yield "cold start", seconds, f"waited for: {start.budget_seconds} s"


def _replicas(choice: ChoicePart) -> str:
    if choice.replicas == choice.max_replicas:
        return many(choice.replicas, "replica")
    return f"{choice.replicas} to {many(choice.max_replicas, 'replica')}"


def _place(choice: ChoicePart) -> str:
    where = choice.instance_type or choice.hf_hardware or choice.gpu
    return f"{where or 'CPU'} with {choice.engine_version}"
