"""Figures in the words of the report."""

from __future__ import annotations

from typing import Protocol


class Spread(Protocol):
    """Anything with a tested or sourced range."""

    @property
    def low(self) -> float: ...
    @property
    def expected(self) -> float: ...
    @property
    def high(self) -> float: ...


def dollars(amount: float) -> str:
    """Whole dollars from 100 on."""
    return f"${amount:,.0f}" if amount >= 100 else f"${amount:,.2f}"


def month(span: tuple[float, float] | None) -> str:
    """Fewest and most, as one figure where they are the same."""
    if span is None:
        return "unpriced"
    low, high = span
    return dollars(high) if low == high else f"{dollars(low)} to {dollars(high)}"


def spread(value: Spread | None, unit: str, digits: int = 0, absent: str = "no estimate") -> str:
    """Expected, and both ends in brackets."""
    if value is None:
        return absent
    low, expected, high = (
        f"{number:,.{digits}f}" for number in (value.low, value.expected, value.high)
    )
    return f"{expected} {unit}" if low == high else f"{expected} {unit} ({low} to {high})"


def many(count: int, noun: str) -> str:
    """`1 node`, `2 nodes`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
