"""One comment of a pull request: what matters first, and never more than GitHub takes."""

from __future__ import annotations

from collections.abc import Iterator

from planning.cost.report.assumptions import assumptions
from planning.cost.report.document import CostDocument, ResourceCost, UsePart
from planning.cost.report.escaped import cell, code
from planning.cost.report.headline import headline
from planning.cost.report.money import bounds, change, money, span, spread, token_words, told
from planning.cost.report.names import changes_a_bill, formula, type_and_name

LONGEST = 65_536
"""Characters of a comment on GitHub."""
MARK = "<!-- slipway cost: {stack} -->"
"""By which the comment is found and written again."""
_UNBROKEN = "\u00a0"


def comment(document: CostDocument) -> str:
    """Ends with a line break. Whole rows are left out, with their number, where it is too long."""
    for keep in (10_000, 400, 100, 25, 5):
        text = "\n".join(_lines(document, keep)).rstrip() + "\n"
        if len(text) <= LONGEST:
            return text
    raise AssertionError("a headline longer than a comment")


def _lines(document: CostDocument, keep: int) -> Iterator[str]:
    """`keep`: entries of a list."""
    yield MARK.format(stack=document.stack)
    yield f"## Cost of `{document.stack}`: {headline(document)}"
    yield ""
    yield from _findings(document)
    yield from _age(document)
    yield from _totals(document)
    if document.tokens is not None:
        yield cell(token_words(document.tokens))
        yield ""
    yield from _changes(document, keep)
    if document.unpriced:
        yield f"### Not in these figures: {len(document.unpriced)} without a price"
        yield ""
        entries = [f"{_short(one.urn)}: {cell(one.why)}" for one in document.unpriced]
        yield from _list(entries, keep)
    if document.use is not None:
        yield from _use(document.use, keep)
    yield from _details(document, keep)


def _findings(document: CostDocument) -> Iterator[str]:
    for one in document.findings:
        word = {"error": "Refused", "warning": "Warning", "advice": "Advice"}[one.severity]
        rule = f"**{word} by `{code(one.rule)}`**"
        yield f"> {rule}: {cell(one.got)}; allowed: {cell(one.allowed)}."
        yield from (f"> - {cell(fix)}" for fix in one.fixes)
        yield ""


def _age(document: CostDocument) -> Iterator[str]:
    days = document.snapshot.days
    if document.snapshot.state == "stale":
        yield f"> **The oldest price is {days} days old.** Refresh prices before you rely on it."
        yield ""
    elif document.snapshot.state == "old":
        yield f"> The oldest price is {days} days old."
        yield ""


def _totals(document: CostDocument) -> Iterator[str]:
    totals = document.totals
    yield "| US dollars a month | min | expected | max |"
    yield "|---|--:|--:|--:|"
    yield f"| now | {' | '.join(map(money, bounds(totals.before)))} |"
    yield f"| with this change | {' | '.join(map(money, bounds(totals.monthly_usd)))} |"
    yield f"| **difference** | {' | '.join(map(change, bounds(totals.change)))} |"
    yield ""


def _changes(document: CostDocument, keep: int) -> Iterator[str]:
    changed = _billed_changes(document)
    if not changed:
        yield "Nothing that is billed changes."
        yield ""
        return
    yield "| | resource | min to max | change at most |"
    yield "|---|---|--:|--:|"
    yield from map(_row, changed[:keep])
    if len(changed) > keep:
        yield f"| | {len(changed) - keep} more, see the JSON | | |"
    yield ""


def _billed_changes(document: CostDocument) -> list[ResourceCost]:
    return [one for one in document.resources if changes_a_bill(one)]


def _row(one: ResourceCost) -> str:
    more = "" if one.change is None else change(one.change.max)
    if one.sign == "~" and one.change is None:
        more = "not known"
    cells = (f"{one.sign} {one.op}", span(one), more)
    sign, figures, difference = (one_cell.replace(" ", _UNBROKEN) for one_cell in cells)
    return f"| {sign} | {_short(one.urn)} | {figures} | {difference} |"


def _use(use: UsePart, keep: int) -> Iterator[str]:
    yield "### On top, by use, at the amounts that are assumed"
    yield ""
    yield "| US dollars a month | assumed, typical | low | typical | high |"
    yield "|---|--:|--:|--:|--:|"
    for one in use.resources[:keep]:
        dollars = " | ".join(map(money, spread(one.monthly_usd)))
        amount = f"{one.assumed.typical:,g} {one.unit}".replace(" ", _UNBROKEN)
        yield f"| {_short(one.urn)} {code(one.item)} | {amount} | {dollars} |"
    if len(use.resources) > keep:
        yield f"| {len(use.resources) - keep} more, see the JSON | | | | |"
    yield f"| now | | {' | '.join(map(money, spread(use.before)))} |"
    yield f"| **with this change** | | {' | '.join(map(money, spread(use.monthly_usd)))} |"
    yield ""
    changed = [f"`{code(one.item)}`: {told(one)}" for one in use.assumed if one.changed]
    if changed:
        yield "Assumptions that changed, low / typical / high:"
        yield ""
        yield from _list(changed, keep)
    if use.not_assumed:
        yield f"Billed by use too, and not assumed: {', '.join(map(code, use.not_assumed))}."
        yield ""


def _details(document: CostDocument, keep: int) -> Iterator[str]:
    yield "<details><summary>Arithmetic, assumptions and usage</summary>"
    yield ""
    yield from _list(list(assumptions(document)), keep)
    how = [
        f"{_short(one.urn)}: {cell(formula(one.how))}"
        for one in _billed_changes(document)
        if one.kind == "priced"
    ]
    if how:
        yield "What changes, in US dollars a month:"
        yield ""
        yield from _list(how, keep)
    usage = [
        f"{_short(one.urn)}: {cell('; '.join(one.beside))}"
        for one in document.resources
        if one.sign != "-" and one.beside
    ]
    if usage:
        yield "Billed by an amount that no program states, and not in the figures:"
        yield ""
        yield from _list(usage, keep)
    yield "</details>"


def _list(entries: list[str], keep: int) -> Iterator[str]:
    yield from (f"- {entry}" for entry in entries[:keep])
    if len(entries) > keep:
        yield f"- {len(entries) - keep} more, see the JSON"
    yield ""


def _short(urn: str) -> str:
    """Type and name, as somebody wrote them: no text of a program becomes Markdown."""
    kind, name = type_and_name(urn)
    return f"`{code(kind)}{_UNBROKEN}{code(name)}`"
