"""An estimate to its document."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

from planning.cost.amount import Bound
from planning.cost.estimate import Change, Estimate
from planning.cost.line import CLASSES, Class, Line
from planning.cost.report.document import (
    BudgetPart,
    CostDocument,
    Finding,
    PriceUsed,
    Range,
    ResourceCost,
    Snapshot,
    TokensPart,
    Totals,
    Unpriced,
    UsePart,
)
from planning.problems import Problem
from planning.settings.budget import Budget

OLD_DAYS, STALE_DAYS = 30, 90
_CLUSTERS = "kubernetes:"


def cost_document(
    found: Estimate,
    operations: Mapping[str, str],
    stack: str,
    today: datetime.date,
    problems: Iterable[Problem] = (),
    budget: Budget | None = None,
    use: UsePart | None = None,
    tokens: TokensPart | None = None,
) -> CostDocument:
    """`operations`: the engine's, by URN. `problems`: of the rules that the estimate was held
    against, the `budget` among them."""
    lines = tuple(found.after.values())
    return CostDocument(
        stack=stack,
        totals=totals_of(found),
        classes=_classes(lines),
        resources=tuple(_resource(one, operations) for one in found.changes),
        unpriced=tuple(
            Unpriced(urn=line.urn, why=line.how) for line in lines if line.kind == "unpriced"
        ),
        use=use,
        tokens=tokens,
        budget=_budget(budget) if budget else None,
        findings=tuple(_finding(problem) for problem in problems),
        snapshot=_snapshot((*lines, *found.before.values()), today),
    )


def totals_of(found: Estimate) -> Totals:
    """Of both states and between them."""
    after, before = (_known(lines) for lines in (found.after, found.before))
    return Totals(
        monthly_usd=Range.of(found.total.at if after else _unknown),
        before=Range.of(found.total_before.at if before else _unknown),
        change=Range.of(found.change if after and before else _unknown),
    )


def _known(lines: Mapping[str, Line]) -> bool:
    """Resources of which none has a figure, but some cost something, do not come to 0; nor do pods
    alone, whose nodes somebody pays."""
    kinds = {line.kind for line in lines.values()}
    pods = any(urn.split("::")[2].rpartition("$")[2].startswith(_CLUSTERS) for urn in lines)
    return "priced" in kinds or (kinds <= {"free"} and not pods)


def _unknown(bound: Bound) -> None:
    """At every bound."""


def _classes(lines: Iterable[Line]) -> dict[Class, int]:
    counts = Counter(line.kind for line in lines)
    return {kind: counts[kind] for kind in CLASSES if counts[kind]}


def _resource(change: Change, operations: Mapping[str, str]) -> ResourceCost:
    line = change.after or change.before
    if line is None:
        raise AssertionError("a change of nothing")
    known = change.before is None or change.after is None or not change.uncertain
    return ResourceCost(
        urn=change.urn,
        op=operations.get(change.urn, "none"),
        sign=change.sign,
        kind=line.kind,
        monthly_usd=Range.of(line.amount.at) if line.amount else None,
        change=Range.of(change.at) if known and line.kind == "priced" else None,
        how=line.how,
        beside=line.beside,
        price=tuple(
            PriceUsed(id=one.id, usd=one.usd, unit=one.unit, source=one.source, date=one.date)
            for one in line.prices
        ),
    )


def _budget(budget: Budget) -> BudgetPart:
    return BudgetPart(monthly_usd=budget.monthly.usd, bound=budget.bound)


def _finding(problem: Problem) -> Finding:
    return Finding(
        rule=problem.path,
        severity=problem.severity,
        got=problem.got,
        allowed=problem.allowed,
        fixes=problem.fixes,
    )


def _snapshot(lines: Iterable[Line], today: datetime.date) -> Snapshot:
    dates = [datetime.date.fromisoformat(price.date) for line in lines for price in line.prices]
    if not dates:
        return Snapshot(date=None, days=None, state="fresh")
    days = (today - min(dates)).days
    state = "stale" if days > STALE_DAYS else "old" if days > OLD_DAYS else "fresh"
    return Snapshot(date=min(dates), days=days, state=state)
