"""What is said of one resource."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planning.cost.amount import ZERO, Amount

Class = Literal["priced", "free", "usage", "unpriced"]
CLASSES: tuple[Class, ...] = ("priced", "free", "usage", "unpriced")


@dataclass(frozen=True, kw_only=True)
class PriceUsed:
    """A row of the catalog that a figure comes from."""

    id: str
    usd: str
    unit: str
    source: str
    date: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One resource, in one state."""

    urn: str
    kind: Class
    how: str
    """Amount times price; why it is free; or why it has no price."""
    amount: Amount | None = None
    """None: billed by an amount that no program states, or unpriced."""
    prices: tuple[PriceUsed, ...] = ()
    beside: tuple[str, ...] = ()
    """What it is billed for besides, and is not counted."""
    by_use: tuple[PriceUsed, ...] = ()
    """The prices of that, where they are known."""

    @property
    def counted(self) -> Amount:
        """What the totals have of it."""
        return self.amount or ZERO


class UnpricedError(Exception):
    """A resource has no figure; the message says why."""
