"""What a month of a stack costs, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Bound = Literal["minimum", "expected", "maximum"]


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """US dollars a month of 730 hours; None: not known, which is not 0."""

    item: str
    how: str
    """Amount times price; or why there is none."""
    minimum: Decimal | None
    expected: Decimal | None
    maximum: Decimal | None
    sources: tuple[str, ...] = ()
    """Of the prices, with dates."""

    @property
    def priced(self) -> bool:
        return None not in (self.minimum, self.expected, self.maximum)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """A month, the first `up`, and what remains at the end."""

    lines: tuple[CostLine, ...]
    kept: tuple[str, ...]
    """What `destroy` leaves on purpose, and what it goes on to cost."""
    first_up: str
    """How long the first `up` takes."""

    def total(self, bound: Bound) -> Decimal | None:
        """Of all that is known at that bound, see `unpriced` for the rest; None where nodes have no
        price there: they are most of it."""
        amounts = [(line.item, getattr(line, bound)) for line in self.lines]
        if any(amount is None for item, amount in amounts if item.startswith(NODES)):
            return None
        return sum((amount for _, amount in amounts if amount is not None), Decimal(0))

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Items of which something is not known."""
        return tuple(line.item for line in self.lines if not line.priced)


NODES = "nodes of "


def unpriced(item: str, how: str) -> CostLine:
    return CostLine(item=item, how=how, minimum=None, expected=None, maximum=None)


def fixed(item: str, how: str, usd: Decimal, *sources: str) -> CostLine:
    return CostLine(item=item, how=how, minimum=usd, expected=usd, maximum=usd, sources=sources)
