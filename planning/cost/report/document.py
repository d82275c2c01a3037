"""The JSON of `python -m planning cost`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal

from pydantic import Field

from planning.cost.amount import BOUNDS, Bound
from planning.cost.line import Class
from planning.report.part import Part


class Range(Part):
    """US dollars a month of 730 hours; null: not known at that bound, which is not 0."""

    min: float | None
    """At the fewest; null also for spot, whose price is not known."""
    expected: float | None
    """On average; null where something scales by a load that is not known."""
    max: float | None
    """At the most, and on demand."""

    @classmethod
    def of(cls, figure: Callable[[Bound], Decimal | None]) -> Range:
        low, middle, high = (figure(bound) for bound in BOUNDS)
        return cls(min=_number(low), expected=_number(middle), max=_number(high))


class Totals(Part):
    """Of all priced resources; what is in `unpriced` or of class `usage` comes on top."""

    monthly_usd: Range
    before: Range = Field(description="Of the base, or of what is there now.")
    change: Range = Field(
        description="`monthlyUsd` less `before`; null also where something has a price on one side "
        "only: that is neither a saving nor an expense."
    )


class PriceUsed(Part):
    """A row of planning/catalog."""

    id: str
    usd: str
    unit: str
    source: str
    date: str


class ResourceCost(Part):
    """One resource that there is, or that there was."""

    urn: str
    op: str
    """The engine's; `none` where only the base has it."""
    sign: Literal["", "+", "-", "~"] = Field(description="As in a diff; empty: costs what it did.")
    kind: Class = Field(
        serialization_alias="class", description="Of its new state, or of its last."
    )
    monthly_usd: Range | None = Field(description="Null: not known; of `-`, what it did cost.")
    change: Range | None
    how: str = Field(description="Amount times price, why it is free, or why it has no price.")
    beside: tuple[str, ...] = Field(description="Billed as well, by an amount that is not known.")
    price: tuple[PriceUsed, ...]


class Unpriced(Part):
    """A resource that costs something, or may, which is not in the totals."""

    urn: str
    why: str


class BudgetPart(Part):
    """What the stack file allows."""

    monthly_usd: float
    bound: Literal["min", "expected", "max"] = Field(description="The figure it is held against.")


class Finding(Part):
    """What a rule says of the estimate, such as the budget."""

    rule: str
    severity: Literal["error", "warning", "advice"] = Field(
        description="error: it may not be made like this."
    )
    got: str
    allowed: str
    fixes: tuple[str, ...]


class Spread(Part):
    """At little, usual and much use."""

    low: float
    typical: float
    high: float


class UsageCost(Part):
    """One thing that a resource is billed by, at an assumed amount."""

    urn: str
    item: str
    unit: str
    assumed: Spread = Field(description="A month, in that unit.")
    monthly_usd: Spread


class AssumedPart(Part):
    """An amount of the assumptions file."""

    item: str
    now: Spread | None = Field(description="Null: it is no longer assumed.")
    was: Spread | None = Field(description="Of the base; null: it assumed nothing.")

    @property
    def changed(self) -> bool:
        return self.now != self.was


class UsePart(Part):
    """What is billed by use, at the amounts of `--assumptions`."""

    monthly_usd: Spread
    before: Spread = Field(description="Of the base's resources at the base's amounts.")
    resources: tuple[UsageCost, ...]
    assumed: tuple[AssumedPart, ...]
    not_assumed: tuple[str, ...] = Field(description="Billed by use too, and not in the file.")


class Interval(Part):
    """US dollars of a million tokens, in the tested interval of the planner's speed."""

    low: float
    expected: float
    high: float


class TokensPart(Part):
    """What tokens come to at the stack file's `traffic`, all replicas running."""

    output: Interval | None = Field(description="The whole month over the tokens of answers.")
    input: Interval | None = Field(
        description="The same month over the tokens of prompts: not to be added to `output`."
    )
    reason: str | None = Field(description="Why there is no estimate.")


class Snapshot(Part):
    """The age of the prices that were used."""

    date: datetime.date | None = Field(description="Of the oldest; null: none was used.")
    days: int | None
    state: Literal["fresh", "old", "stale"] = Field(
        description="old: more than 30 days; stale: more than 90."
    )


class CostDocument(Part):
    """What a month costs, resource by resource."""

    format_version: int = 1
    stack: str
    totals: Totals
    classes: Mapping[Class, int] = Field(description="Resources that there are, by class.")
    resources: tuple[ResourceCost, ...]
    unpriced: tuple[Unpriced, ...]
    use: UsePart | None = Field(description="Beside the totals; null: nothing is assumed.")
    tokens: TokensPart | None = Field(description="Null: of a preview, which tells no traffic.")
    budget: BudgetPart | None
    findings: tuple[Finding, ...] = Field(description="Of the budget; none: nothing to say.")
    snapshot: Snapshot

    @property
    def refused(self) -> bool:
        """By a rule."""
        return any(one.severity == "error" for one in self.findings)

    def text(self) -> str:
        return self.model_dump_json(indent=2, by_alias=True)


def _number(usd: Decimal | None) -> float | None:
    """Whole cents, which a float shows as they are."""
    return None if usd is None else float(usd)
