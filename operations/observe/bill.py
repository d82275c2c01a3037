"""What a month of a stack came to, by the tags of its resources in a bill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from operations.observe.exports import BillLine, bill_lines, plain_key
from operations.observe.measured import Measured
from planning.month import HOURS

_STACK, _PROJECT = plain_key("slipway.dev/stack"), plain_key("slipway.dev/project")
_LEAST_HOURS = 24
"""Of a bill: of less, one day's rhythm would be taken for a month's."""


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Values of the tags that every resource of a stack has."""

    project: str
    stack: str


def month(files: Sequence[Path], whose: Whose) -> Measured:
    """Dollars of 730 hours at the pace of the bill, at public prices as predictions are; a discount
    is no error of theirs. Raises ExportError."""
    lines = [line for file in files for line in bill_lines(file)]
    ours = [line for line in lines if _has(line, whose)]
    if not ours:
        return Measured(
            why_not=f"no line has the tags of stack {whose.stack}: turn slipway.dev/stack and "
            "slipway.dev/project on as cost allocation tags"
        )
    currencies = {line.currency for line in ours}
    if currencies != {"USD"}:
        return Measured(why_not=f"billed in {', '.join(sorted(currencies))}")
    hours = _hours(lines)
    if hours < _LEAST_HOURS:
        return Measured(why_not=f"{hours:g} hours are billed; {_LEAST_HOURS} are needed")
    costs = [line.list_cost for line in ours if line.list_cost is not None]
    if len(costs) < len(ours):
        return Measured(why_not=f"{len(ours) - len(costs)} lines have no list price")
    pace = HOURS / Decimal(hours)
    listed = sum(costs, Decimal(0))
    billed = sum((line.billed for line in ours), Decimal(0))
    return Measured(
        value=float(round(listed * pace, 2)),
        source=f"{len(ours)} lines of {hours:g} hours, ${listed:.2f} at list prices, "
        f"${billed:.2f} billed",
    )


def _has(line: BillLine, whose: Whose) -> bool:
    return _ends_with(line, _STACK) == whose.stack and _ends_with(line, _PROJECT) == whose.project


def _ends_with(line: BillLine, key: str) -> str | None:
    """Before the key stands what an export puts there, such as `user_`."""
    return next((value for name, value in line.tags.items() if name.endswith(key)), None)


def _hours(lines: Iterable[BillLine]) -> float:
    """From the first to the last that the bill tells of, whoever it is of."""
    starts: list[datetime] = []
    ends: list[datetime] = []
    for line in lines:
        starts.append(line.start)
        ends.append(line.end)
    return (max(ends) - min(starts)).total_seconds() / 3600
