"""The page of several stacks: each as a bar, what all come to, then one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planning.cost.report.document import CostDocument, Totals
from planning.cost.report.money import bounds, change, money, range_words
from planning.cost.report.page.bars import Bar
from planning.cost.report.page.page import cost_page
from planning.cost.report.page.picture import pictured
from planning.page.page import Page
from planning.page.table import Section, Table, columns

_GRAVEST = ("refused", "warned", "good")


def stacks_page(totals: Totals, documents: Sequence[CostDocument]) -> Page:
    """`totals`: of all of them."""
    pages = [cost_page(document) for document in documents]
    more = totals.change.max
    return Page(
        title=f"Cost of {len(documents)} stacks: {_worst_case(totals)}",
        eyebrow="US dollars a month",
        verdict=next(one for one in _GRAVEST if one in {page.verdict for page in pages}),
        judgement=f"Together {change(more)} at most." if more else "Together no change at most.",
        sentence=" ".join(_said(documents, pages)),
        figures=tuple(
            (document.stack, f"${money(document.totals.monthly_usd.max)}", page.judgement)
            for document, page in zip(documents, pages, strict=True)
        ),
        sections=(_together(totals, documents), *_each(documents, pages)),
        footer=pages[0].footer,
    )


def _worst_case(totals: Totals) -> str:
    most = totals.monthly_usd.max
    return "not known" if most is None else f"at most ${money(most)} a month"


def _said(documents: Sequence[CostDocument], pages: Sequence[Page]) -> Iterator[str]:
    for document, page in zip(documents, pages, strict=True):
        if page.verdict != "good":
            yield f"{document.stack}: {page.sentence}"


def _together(totals: Totals, documents: Sequence[CostDocument]) -> Section:
    parts = [(one.stack, one.totals) for one in documents]
    bars = [
        Bar(label=name, note=range_words(of.monthly_usd), before=of.before, after=of.monthly_usd)
        for name, of in parts
    ]
    said = "; ".join(f"{bar.label} {bar.note}" for bar in bars)
    rows = tuple(
        (name, money(of.before.max), *map(money, bounds(of.monthly_usd)), change(of.change.max))
        for name, of in (*parts, ("all", totals))
    )
    heads = columns("stack", "now, at most>", "min>", "expected>", "max>", "change at most>")
    return Section(
        slug="stacks",
        title="Every stack",
        picture=pictured(bars, "Dollars a month by stack", f"{said}."),
        tables=(Table(columns=heads, rows=rows),),
    )


def _each(documents: Sequence[CostDocument], pages: Sequence[Page]) -> Iterator[Section]:
    for number, (document, page) in enumerate(zip(documents, pages, strict=True)):
        for section in page.sections:
            if section.slug == "totals":
                continue  # the first section has them
            title = f"{document.stack}: {section.title[0].lower()}{section.title[1:]}"
            yield replace(section, slug=f"{section.slug}-{number}", title=title)
