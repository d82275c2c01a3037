"""What the page of an estimate says, what matters first."""

from __future__ import annotations

from collections.abc import Iterator

from planning.cost.report.document import CostDocument
from planning.cost.report.headline import difference, worst_case
from planning.cost.report.money import money
from planning.cost.report.page.changes import changes_section, findings_section, unpriced_section
from planning.cost.report.page.details import (
    arithmetic_section,
    assumed_use_section,
    assumptions_section,
    usage_section,
)
from planning.cost.report.page.spent import spent_section
from planning.cost.report.page.totals import totals_section
from planning.page.page import Page


def cost_page(document: CostDocument) -> Page:
    """The same document gives an equal page."""
    warnings = tuple(_warnings(document))
    return Page(
        title=f"Cost of {document.stack}: {worst_case(document)}",
        eyebrow=" · ".join(("US dollars a month", *_age(document))),
        verdict="refused" if document.refused else "warned" if warnings else "good",
        judgement=_sentence(difference(document)),
        sentence=" ".join(warnings) or "Everything that is billed by time has a price.",
        figures=tuple(_figures(document)),
        sections=tuple(
            section
            for section in (
                findings_section(document),
                totals_section(document),
                spent_section(document),
                changes_section(document),
                unpriced_section(document),
                usage_section(document),
                assumed_use_section(document),
                assumptions_section(document),
                arithmetic_section(document),
            )
            if section is not None
        ),
        footer="Estimated from list prices, not billed. What has no price is listed, never 0.",
    )


def _warnings(document: CostDocument) -> Iterator[str]:
    for one in document.findings:
        yield f"{one.rule}: {one.got}."
    if document.unpriced:
        yield f"Without a price, and on top: {len(document.unpriced)}."
    if document.snapshot.state != "fresh":
        yield f"The oldest price is {document.snapshot.days} days old: refresh prices."


def _figures(document: CostDocument) -> Iterator[tuple[str, str, str]]:
    totals = document.totals
    for name, now, then in (
        ("at most", totals.before.max, totals.monthly_usd.max),
        ("expected", totals.before.expected, totals.monthly_usd.expected),
        ("at least", totals.before.min, totals.monthly_usd.min),
    ):
        yield name, _dollars(then), f"now {_dollars(now)}"
    priced = document.classes.get("priced", 0)
    yield "priced", f"{priced:,}", f"of {sum(document.classes.values()):,} resources"


def _age(document: CostDocument) -> Iterator[str]:
    snapshot = document.snapshot
    if snapshot.date is not None:
        yield f"oldest price of {snapshot.date}, {snapshot.days} days ago"


def _dollars(usd: float | None) -> str:
    return money(usd) if usd is None else f"${money(usd)}"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
