"""Estimates of states: each stack's, and what several come to together."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from planning.catalog import load_catalog
from planning.cost.assumed import Assumed
from planning.cost.estimate import Estimate, estimate
from planning.cost.guard import over
from planning.cost.report.build import cost_document, totals_of
from planning.cost.report.document import CostDocument, Totals
from planning.cost.report.money import change, money
from planning.cost.report.use import use_part
from planning.report.part import Part

if TYPE_CHECKING:
    from planning.commands.cost_states import States


class SeveralStacks(Part):
    """What a month of several stacks costs."""

    format_version: int = 1
    totals: Totals = Field(description="Of all of them.")
    stacks: tuple[CostDocument, ...]

    def text(self) -> str:
        return self.model_dump_json(indent=2, by_alias=True)


def document_of(
    states: States,
    today: datetime.date,
    assumed: Mapping[str, Assumed] | None = None,
    assumed_before: Mapping[str, Assumed] | None = None,
) -> CostDocument:
    """With what the stack's own budget says of it. None: nothing is assumed of what is billed by
    use, or the same as now."""
    found = _estimate(states, today)
    problems = ()
    if states.budget is not None:
        known = any(line.kind == "priced" for line in found.after.values())
        problems = over(
            states.budget,
            found.total.at if known else lambda _: None,
            found.total_before.at if states.compared else None,
            ways=states.ways,
            unpriced=sum(line.kind == "unpriced" for line in found.after.values()),
        )
    before = assumed if assumed_before is None else assumed_before
    use = None if assumed is None else use_part(found, assumed, before or {})
    return cost_document(
        found, states.operations, states.stack, today, problems, states.budget, use, states.tokens
    )


def several(
    states: Iterable[States], documents: Sequence[CostDocument], today: datetime.date
) -> SeveralStacks:
    """URNs name their stack, so that none stands for another's."""
    found = [_estimate(one, today) for one in states]
    whole = Estimate(
        before={urn: line for one in found for urn, line in one.before.items()},
        after={urn: line for one in found for urn, line in one.after.items()},
    )
    return SeveralStacks(totals=totals_of(whole), stacks=tuple(documents))


def total_lines(together: SeveralStacks) -> Iterator[str]:
    most, more = together.totals.monthly_usd.max, together.totals.change.max
    yield f"{len(together.stacks)} stacks together: at most ${money(most)} a month ({change(more)})"
    yield ""


def _estimate(states: States, today: datetime.date) -> Estimate:
    return estimate(states.before, states.after, load_catalog(), str(today))
