"""What the figures leave out, what they assume, and the arithmetic of each."""

from __future__ import annotations

from planning.cost.report.assumptions import assumptions
from planning.cost.report.document import CostDocument, ResourceCost
from planning.cost.report.money import span
from planning.cost.report.page.changes import title
from planning.page.table import Section, Table, columns


def usage_section(document: CostDocument) -> Section | None:
    """What is billed by an amount that no program states."""
    rows = tuple(
        (title(one.urn), words)
        for one in document.resources
        if one.sign != "-"
        for words in one.beside
    )
    if not rows:
        return None
    return Section(
        slug="usage",
        title="Billed by use, on top",
        words=("By an amount that no program states: not in the figures above.",),
        tables=(Table(columns=columns("resource", "price"), rows=rows),),
    )


def assumptions_section(document: CostDocument) -> Section:
    return Section(
        slug="assumptions", title="Assumptions", words=(" ".join(assumptions(document)),)
    )


def arithmetic_section(document: CostDocument) -> Section:
    """Every resource, also what is free."""
    return Section(
        slug="arithmetic",
        title="Arithmetic and sources",
        tables=(
            Table(
                columns=columns("resource", "class", "a month>", "how", "price rows"),
                rows=tuple(_row(one) for one in document.resources if one.sign != "-"),
            ),
        ),
        folded=True,
    )


def _row(one: ResourceCost) -> tuple[str, ...]:
    rows = "; ".join(
        f"{price.id}: ${price.usd} a {price.unit}, {price.source} ({price.date})"
        for price in one.price
    )
    return title(one.urn), one.kind, span(one), one.how, rows
