"""What a month costs."""

from __future__ import annotations

from planning.month import HOURS
from planning.page.table import Section, Table, columns
from planning.report.document import PlanDocument
from planning.report.placed_document import CostPart
from planning.report.wording import dollars, spread


def cost_section(document: PlanDocument) -> Section | None:
    cost = document.cost
    if cost is None:
        return None
    absent = cost.reason or "nothing is chosen"
    rows = [
        ("one replica, an hour", _usd(cost.usd_per_hour, absent)),
        (f"a month of {HOURS} hours, fewest replicas", _usd(cost.minimum_monthly_usd, absent)),
        (
            f"a month of {HOURS} hours, expected",
            _usd(cost.expected_monthly_usd, "; ".join(cost.expected_because) or absent),
        ),
        (f"a month of {HOURS} hours, most replicas", _usd(cost.estimated_monthly_usd, absent)),
        (
            "a million output tokens, at the traffic that is stated",
            "$" + spread(cost.usd_per_million_output_tokens, "", 2).replace("  ", " ")
            if cost.usd_per_million_output_tokens
            else f"not known: {absent}",
        ),
    ]
    if cost.canary_monthly_usd is not None:
        rows.append(("of each month, the canary", dollars(cost.canary_monthly_usd)))
    if cost.budget_monthly_usd is not None:
        rows.append(("budget of a month", dollars(cost.budget_monthly_usd)))
    return Section(
        slug="cost",
        title="Cost",
        words=_words(cost) if document.target != "local" else (),
        tables=(Table(columns=columns("what", "dollars>"), rows=tuple(rows)),),
    )


def _words(cost: CostPart) -> tuple[str, ...]:
    assumed = "; ".join(cost.expected_because)
    return (
        "Computing alone: disks, load balancers, control plane, traffic and storage come on "
        "top and are not in these figures.",
        *((f"Expected, by time: {assumed}.",) if assumed else ()),
    )


def _usd(amount: float | None, absent: str) -> str:
    return f"unpriced: {absent}" if amount is None else f"${amount:,.2f}"
