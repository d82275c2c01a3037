"""All targets beside each other."""

from __future__ import annotations

from planning.page.table import Table, columns
from planning.report.comparison_document import ComparisonDocument, TargetPart
from planning.report.wording import dollars, month, spread


def comparison_tables(document: ComparisonDocument) -> tuple[Table, ...]:
    """Figures, then what each target loses, then what stands against it."""
    return (_figures(document), _lost(document), *_problems(document))


def _figures(document: ComparisonDocument) -> Table:
    names = [_name(one, document) for one in document.targets]
    lines = {
        "can be deployed": [_verdict(one) for one in document.targets],
        "memory": [_fits(one) for one in document.targets],
        "where": [one.place or "-" for one in document.targets],
        "engine": [one.engine_version or "-" for one in document.targets],
        "weights": [one.quantization or "-" for one in document.targets],
        "replicas": [_replicas(one) for one in document.targets],
        "idle, an hour": [_idle(one) for one in document.targets],
        "a month": [_month(one) for one in document.targets],
        "a million output tokens": [_per_million(one) for one in document.targets],
        "cold start": [_start(one) for one in document.targets],
    }
    return Table(
        columns=columns("", *names),
        rows=tuple((name, *cells) for name, cells in lines.items()),
    )


def _lost(document: ComparisonDocument) -> Table:
    rows: list[tuple[str, str, str]] = []
    for one in document.targets:
        rows += [(one.target, f"lost: {lost.key}", lost.because) for lost in one.lost]
        rows += [
            (one.target, f"{limit.kind}: {limit.what}", limit.instead or "-")
            for limit in one.limits
        ]
    return Table(
        title="What each target loses and needs",
        columns=columns("target", "what", "instead, or why"),
        rows=tuple(rows),
    )


def _problems(document: ComparisonDocument) -> tuple[Table, ...]:
    rows = tuple(
        (one.target, problem.severity, problem.path, f"{problem.got} [{problem.code}]")
        for one in document.targets
        for problem in one.problems
    )
    if not rows:
        return ()
    heads = columns("target", "severity", "key", "got")
    return (Table(title="Problems", columns=heads, rows=rows),)


def _name(one: TargetPart, document: ComparisonDocument) -> str:
    return f"{one.target} (as written)" if one.target == document.written_for else one.target


def _verdict(one: TargetPart) -> str:
    if one.ok:
        return "yes"
    first = next(problem for problem in one.problems if problem.severity == "error")
    return f"no: {first.code}"


def _fits(one: TargetPart) -> str:
    return "not reckoned" if one.fits is None else "fits" if one.fits else "does not fit"


def _replicas(one: TargetPart) -> str:
    if one.replicas is None:
        return "-"
    return (
        str(one.replicas)
        if one.replicas == one.max_replicas
        else (f"{one.replicas} to {one.max_replicas}")
    )


def _idle(one: TargetPart) -> str:
    return "unpriced" if one.idle_usd_per_hour is None else dollars(one.idle_usd_per_hour)


def _month(one: TargetPart) -> str:
    low, high = one.minimum_monthly_usd, one.estimated_monthly_usd
    return month(None if low is None or high is None else (low, high))


def _per_million(one: TargetPart) -> str:
    tokens = one.usd_per_million_output_tokens
    if tokens is None:
        return "not billed" if one.estimated_monthly_usd == 0 else "no estimate"
    return f"${spread(tokens, '', 2)}".replace("  ", " ").strip()


def _start(one: TargetPart) -> str:
    if one.cold_start_seconds is None:
        return "not known"
    least = "at least " if one.cold_start_at_least else ""
    return f"{least}{spread(one.cold_start_seconds, 's')}"
