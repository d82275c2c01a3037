"""An estimate for a terminal, and the arithmetic of each figure."""

from __future__ import annotations

from collections.abc import Iterator

from planning.cost.report.document import CostDocument, ResourceCost
from planning.cost.report.headline import headline
from planning.cost.report.money import change, money, span, token_words


def terminal_lines(document: CostDocument) -> Iterator[str]:
    yield f"{document.stack}: {headline(document)}"
    yield ""
    for title, figures in (
        ("now", document.totals.before),
        ("then", document.totals.monthly_usd),
    ):
        yield (
            f"  {title:<5} min {money(figures.min)}  expected {money(figures.expected)}"
            f"  max {money(figures.max)}"
        )
    yield ""
    if document.tokens is not None:
        yield token_words(document.tokens)
        yield ""
    for found in document.findings:
        yield f"{found.severity} by {found.rule}: {found.got}; allowed: {found.allowed}"
        yield from (f"  {fix}" for fix in found.fixes)
        yield ""
    for one in document.resources:
        if one.kind != "free" or one.sign == "~":
            yield f"{one.sign or ' '} {one.urn.rpartition('::')[2]}: {span(one)} ({one.how})"
    if document.use is not None:
        figures = document.use.monthly_usd
        yield ""
        yield (
            f"By use, at assumed amounts, on top: low {money(figures.low)}  "
            f"typical {money(figures.typical)}  high {money(figures.high)}"
        )
    snapshot = document.snapshot
    if snapshot.date is not None:
        yield ""
        yield f"Oldest price: {snapshot.date}, {snapshot.days} days ago ({snapshot.state})."


def explanation_lines(document: CostDocument) -> Iterator[str]:
    """Every resource with its arithmetic, and the rows it comes from."""
    for one in document.resources:
        yield f"{one.sign or ' '} {one.urn}"
        yield f"    {one.kind}, {one.op}: {_figures(one)}"
        yield f"    {one.how}"
        for price in one.price:
            yield f"    {price.id}: ${price.usd} a {price.unit}, {price.source} ({price.date})"
        for words in one.beside:
            yield f"    besides: {words}"


def _figures(one: ResourceCost) -> str:
    figures = one.monthly_usd
    if figures is None:
        return span(one)
    words = (
        f"min {money(figures.min)}, expected {money(figures.expected)}, max {money(figures.max)}"
    )
    return words if one.change is None else f"{words}, change at most {change(one.change.max)}"
