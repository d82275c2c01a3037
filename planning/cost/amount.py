"""Three figures of one month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Bound = Literal["minimum", "expected", "maximum"]
BOUNDS: tuple[Bound, ...] = ("minimum", "expected", "maximum")
_CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Amount:
    """US dollars a month of 730 hours; None: not known at that bound, which is not 0."""

    minimum: Decimal | None
    expected: Decimal | None
    maximum: Decimal

    def __post_init__(self) -> None:
        low, middle = self.minimum, self.expected
        least = low if low is not None else Decimal(0)
        if not 0 <= least <= (self.maximum if middle is None else middle) <= self.maximum:
            raise ValueError(f"a range that does not rise: {low}, {middle}, {self.maximum}")

    def at(self, bound: Bound) -> Decimal | None:
        return getattr(self, bound)

    def times(self, low: int, high: int, mean: Decimal | None = None) -> Amount:
        """Of so many; without a `mean`, what is between them is not known."""
        middle = Decimal(low) if low == high else mean
        if middle is not None:
            # By shares of the time in floating point, which may miss a bound by a hair.
            middle = min(max(middle, Decimal(low)), Decimal(high))
        return Amount(
            minimum=Decimal(0) if low == 0 else _times(self.minimum, low),
            expected=None if middle is None else _times(self.expected, middle),
            maximum=self.maximum * high,
        )

    def in_cents(self) -> Amount:
        """So that what is shown comes to the totals that are shown."""
        return Amount(
            minimum=_cents(self.minimum),
            expected=_cents(self.expected),
            maximum=self.maximum.quantize(_CENT, ROUND_HALF_UP),
        )


ZERO = Amount(minimum=Decimal(0), expected=Decimal(0), maximum=Decimal(0))


def fixed(usd: Decimal) -> Amount:
    return Amount(minimum=usd, expected=usd, maximum=usd)


def total(amounts: Iterable[Amount]) -> Amount:
    """None where one of them is not known."""
    parts = list(amounts)
    return Amount(
        minimum=_sum([part.minimum for part in parts]),
        expected=_sum([part.expected for part in parts]),
        maximum=sum((part.maximum for part in parts), Decimal(0)),
    )


def _sum(parts: list[Decimal | None]) -> Decimal | None:
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None


def _times(usd: Decimal | None, count: int | Decimal) -> Decimal | None:
    return None if usd is None else usd * count


def _cents(usd: Decimal | None) -> Decimal | None:
    return None if usd is None else usd.quantize(_CENT, ROUND_HALF_UP)
