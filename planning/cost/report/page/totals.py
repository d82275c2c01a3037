"""The whole stack: now and with the change, from the fewest to the most."""

from __future__ import annotations

from planning.cost.report.document import CostDocument
from planning.cost.report.money import bounds, change, money, range_words, token_words
from planning.cost.report.page.bars import Bar
from planning.cost.report.page.picture import pictured
from planning.page.table import Section, Table, columns


def totals_section(document: CostDocument) -> Section:
    totals = document.totals
    now, then = range_words(totals.before), range_words(totals.monthly_usd)
    bar = Bar(label=document.stack, note=then, before=totals.before, after=totals.monthly_usd)
    limit = document.budget.monthly_usd if document.budget else None
    said = f"Now {now} a month, with this change {then}."
    if limit is not None:
        said += f" The budget is ${money(limit)}."
    drawn = pictured([bar], "What a month costs", said, limit)
    rows = (
        ("now", *map(money, bounds(totals.before))),
        ("with this change", *map(money, bounds(totals.monthly_usd))),
        ("difference", *map(change, bounds(totals.change))),
    )
    return Section(
        slug="totals",
        title="A month, now and with this change",
        words=(token_words(document.tokens),) if document.tokens else (),
        picture=drawn if totals.monthly_usd.max or totals.before.max else None,
        tables=(Table(columns=columns("dollars a month", "min>", "expected>", "max>"), rows=rows),),
    )
