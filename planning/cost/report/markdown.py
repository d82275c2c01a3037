"""One comment of a pull request: what matters first, and never more than GitHub takes."""

from __future__ import annotations

from collections.abc import Iterator

from planning.cost.report.assumptions import assumptions
from planning.cost.report.document import CostDocument, Range, ResourceCost
from planning.cost.report.headline import headline
from planning.cost.report.money import bounds, change, money, span
from planning.cost.report.names import type_and_name

LONGEST = 65_536
"""Characters of a comment on GitHub."""
MARK = "<!-- slipway cost: {stack} -->"
"""By which the comment is found and written again."""


def comment(document: CostDocument) -> str:
    """Ends with a line break. Whole rows are left out, with their number, where it is too long."""
    rows = [
        _row(one)
        for one in document.resources
        if one.sign and (one.kind != "free" or one.sign == "~")
    ]
    rest = [_entry(one.urn, one.why) for one in document.unpriced]
    for keep in (10_000, 400, 100, 25, 5):
        text = "\n".join(_lines(document, rows, rest, keep)).rstrip() + "\n"
        if len(text) <= LONGEST:
            return text
    raise AssertionError("a headline longer than a comment")


def _lines(
    document: CostDocument, rows: list[str], unpriced: list[str], keep: int
) -> Iterator[str]:
    totals = document.totals
    yield MARK.format(stack=document.stack)
    yield f"## Cost of `{document.stack}`: {headline(document)}"
    yield ""
    if document.snapshot.state == "stale":
        days = document.snapshot.days
        yield f"> **The oldest price is {days} days old.** Refresh prices before you rely on it."
        yield ""
    yield "| US dollars a month | min | expected | max |"
    yield "|---|--:|--:|--:|"
    yield f"| now | {_cells(totals.before)} |"
    yield f"| with this change | {_cells(totals.monthly_usd)} |"
    yield f"| **difference** | {' | '.join(map(change, bounds(totals.change)))} |"
    yield ""
    if rows:
        yield "| | resource | operation | min to max | change at most | how |"
        yield "|---|---|---|--:|--:|---|"
        yield from rows[:keep]
        if len(rows) > keep:
            yield f"| | {len(rows) - keep} more, see the JSON | | | | |"
        yield ""
    else:
        yield "Nothing that is billed changes.\n"
    if unpriced:
        yield f"### Not in these figures: {len(unpriced)} without a price\n"
        yield from unpriced[:keep]
        if len(unpriced) > keep:
            yield f"- {len(unpriced) - keep} more, see the JSON"
        yield ""
    yield from _assumptions(document, keep)


def _row(one: ResourceCost) -> str:
    more = "" if one.change is None else change(one.change.max)
    if one.sign == "~" and one.change is None:
        more = "not known"
    return (
        f"| {one.sign} | {_short(one.urn)} | {one.op} | {span(one)} | {more} "
        f"| {_cell(one.how.partition(' (https://')[0])} |"
    )


def _entry(urn: str, why: str) -> str:
    return f"- {_short(urn)}: {_cell(why)}"


def _assumptions(document: CostDocument, keep: int) -> Iterator[str]:
    usage = [one for one in document.resources if one.sign != "-" and one.beside]
    yield "<details><summary>Assumptions and usage</summary>\n"
    yield from (f"- {words}" for words in assumptions(document))
    if usage:
        yield "\nBilled by an amount that no program states, and not in the figures:\n"
        for one in usage[:keep]:
            yield f"- {_short(one.urn)}: {_cell('; '.join(one.beside))}"
        if len(usage) > keep:
            yield f"- {len(usage) - keep} more, see the JSON"
    yield "\n</details>"


def _short(urn: str) -> str:
    """Type and name, as somebody wrote them: no text of a program becomes Markdown."""
    kind, name = type_and_name(urn)
    return f"`{_code(kind)} {_code(name)}`"


def _code(text: str) -> str:
    return text.replace("`", "'").replace("|", "/").replace("\n", " ")


def _cell(text: str) -> str:
    """Without what Markdown or HTML would take for its own."""
    plain = " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
    return plain.replace("@", "@\u200b").replace("$", "\\$")


def _cells(figures: Range) -> str:
    return " | ".join(map(money, bounds(figures)))
