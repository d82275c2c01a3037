"""What rules say, what changes, resource by resource, and what has no figure."""

from __future__ import annotations

from planning.cost.report.document import CostDocument, ResourceCost
from planning.cost.report.money import change, span
from planning.cost.report.names import changes_a_bill, formula, type_and_name
from planning.page.table import Section, Table, columns

_SIGNS = {"+": "+ new", "-": "- gone", "~": "~ changed"}


def findings_section(document: CostDocument) -> Section | None:
    """What rules say; None: nothing."""
    if not document.findings:
        return None
    heads = columns("severity", "rule", "got", "allowed", "what to do")
    rows = tuple(
        (one.severity, one.rule, one.got, one.allowed, "; ".join(one.fixes))
        for one in document.findings
    )
    return Section(
        slug="rules", title="Budget and rules", tables=(Table(columns=heads, rows=rows),)
    )


def changes_section(document: CostDocument) -> Section:
    """Of what is billed; what is free on both sides changes no bill."""
    rows = tuple(
        (_SIGNS[one.sign], title(one.urn), one.op, span(one), _more(one), formula(one.how))
        for one in document.resources
        if changes_a_bill(one)
    )
    if not rows:
        return Section(slug="changes", title="Changes", words=("Nothing that is billed changes.",))
    heads = columns("sign", "resource", "operation", "min to max>", "change at most>", "how")
    return Section(slug="changes", title="Changes", tables=(Table(columns=heads, rows=rows),))


def unpriced_section(document: CostDocument) -> Section | None:
    if not document.unpriced:
        return None
    return Section(
        slug="unpriced",
        title=f"Not in these figures: {len(document.unpriced)} without a price",
        words=("They cost something, or may. Not known is not 0.",),
        tables=(
            Table(
                columns=columns("resource", "why"),
                rows=tuple((title(one.urn), one.why) for one in document.unpriced),
            ),
        ),
    )


def title(urn: str) -> str:
    kind, name = type_and_name(urn)
    return f"{kind} {name}"


def _more(one: ResourceCost) -> str:
    if one.change is not None:
        return change(one.change.max)
    return "not known" if one.sign == "~" else ""
