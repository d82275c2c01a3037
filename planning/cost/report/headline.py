"""What matters first: the worst case, what it leaves out, and how it changes."""

from __future__ import annotations

from planning.cost.report.document import CostDocument
from planning.cost.report.money import money


def headline(document: CostDocument) -> str:
    """In one line."""
    if not _priced(document):
        return worst_case(document)
    return f"{worst_case(document)} ({difference(document)})"


def worst_case(document: CostDocument) -> str:
    """What it leaves out is said with it."""
    beside = len(document.unpriced)
    if not _priced(document):
        return _without_price(document)
    left = f", and {beside} without a price" if beside else ""
    refused = "refused: " if document.refused else ""
    return f"{refused}at most ${money(document.totals.monthly_usd.max)} a month{left}"


def _without_price(document: CostDocument) -> str:
    """No $0: pods of a cluster run on nodes that somebody pays for, and have no total."""
    if document.unpriced or document.totals.monthly_usd.max is None:
        return f"nothing in it has a known price, {len(document.unpriced)} without one"
    if any(one.kind == "usage" for one in document.resources):
        return "billed by use only"
    return "nothing in it is billed"


def difference(document: CostDocument) -> str:
    """Of the worst case."""
    more = document.totals.change.max
    if more is None:
        return "by how much it changes is not known"
    if more == 0:
        same = document.totals.monthly_usd.min == document.totals.before.min
        return "no change" if same else "no change of the worst case"
    return f"${money(abs(more))} {'more' if more > 0 else 'less'}"


def _priced(document: CostDocument) -> bool:
    return any(one.kind == "priced" for one in document.resources)
