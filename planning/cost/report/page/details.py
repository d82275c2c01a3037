"""What the figures leave out, what they assume, and the arithmetic of each."""

from __future__ import annotations

from planning.cost.report.assumptions import assumptions
from planning.cost.report.document import CostDocument, ResourceCost, Spread
from planning.cost.report.money import money, span, spread, told
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


def assumed_use_section(document: CostDocument) -> Section | None:
    """The same at amounts that somebody assumes; None: nobody does."""
    use = document.use
    if use is None:
        return None
    rows = [
        (
            title(one.urn),
            one.item,
            f"{one.assumed.typical:,g} {one.unit}",
            *_dollars(one.monthly_usd),
        )
        for one in use.resources
    ]
    rows.append(("now", "", "", *_dollars(use.before)))
    rows.append(("with this change", "", "", *_dollars(use.monthly_usd)))
    changed = "; ".join(f"{one.item}: {told(one)}" for one in use.assumed if one.changed)
    words = ["US dollars a month, beside the figures above, by the amounts of a file."]
    if changed:
        words.append(f"Assumptions that changed, low / typical / high: {changed}.")
    if use.not_assumed:
        words.append(f"Billed by use too, and not assumed: {', '.join(use.not_assumed)}.")
    heads = columns("resource", "by", "assumed, typical>", "low>", "typical>", "high>")
    return Section(
        slug="use",
        title="Billed by use, at assumed amounts",
        words=tuple(words),
        tables=(Table(columns=heads, rows=tuple(rows)),),
    )


def _dollars(figures: Spread) -> tuple[str, ...]:
    return tuple(map(money, spread(figures)))


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
