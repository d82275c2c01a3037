"""Resources to lines, and two states to what changes between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from planning.catalog import Catalog
from planning.cost.amount import Amount, Bound, total
from planning.cost.classify import line_of
from planning.cost.line import Line
from planning.cost.resource import Resource
from planning.cost.stack import Stack

Sign = Literal["", "+", "-", "~"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One resource before and after; None: it is not there."""

    urn: str
    before: Line | None
    after: Line | None

    @property
    def sign(self) -> Sign:
        """As a diff shows it; empty: it costs what it did."""
        if self.before is None:
            return "+"
        if self.after is None:
            return "-"
        return "" if _said(self.before) == _said(self.after) else "~"

    @property
    def uncertain(self) -> bool:
        """It has a figure on one side only, which is neither a saving nor an expense."""
        both = [line for line in (self.before, self.after) if line]
        return len(both) == 2 and self.sign == "~" and any(not _settled(line) for line in both)

    def at(self, bound: Bound) -> Decimal | None:
        """Dollars a month more; None: not known at that bound."""
        if self.uncertain or not all(_settled(one) for one in (self.before, self.after) if one):
            return None
        return _difference(_amount(self.before), _amount(self.after), bound)


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """Lines of both states, by URN."""

    before: Mapping[str, Line]
    after: Mapping[str, Line]

    @property
    def total(self) -> Amount:
        return total(line.counted for line in self.after.values())

    @property
    def total_before(self) -> Amount:
        return total(line.counted for line in self.before.values())

    @property
    def changes(self) -> tuple[Change, ...]:
        """All resources, those of now first."""
        urns = dict.fromkeys((*self.after, *self.before))
        return tuple(
            Change(urn=urn, before=self.before.get(urn), after=self.after.get(urn)) for urn in urns
        )

    def change(self, bound: Bound) -> Decimal | None:
        """Of all that is priced; None where something has a price on one side only."""
        if any(one.uncertain for one in self.changes):
            return None
        return _difference(self.total_before, self.total, bound)


def estimate(
    before: Iterable[Resource], after: Iterable[Resource], catalog: Catalog, today: str
) -> Estimate:
    """Both states by the same prices, so that what differs is the program's doing."""
    return Estimate(before=_lines(before, catalog, today), after=_lines(after, catalog, today))


def _lines(resources: Iterable[Resource], catalog: Catalog, today: str) -> dict[str, Line]:
    stack = Stack(resources=tuple(resources), catalog=catalog, today=today)
    return {one.urn: line_of(one, stack) for one in stack.resources}


def _said(line: Line) -> tuple[object, ...]:
    return line.kind, line.amount, line.how, line.beside


def _settled(line: Line) -> bool:
    return line.kind == "free" or line.amount is not None


def _amount(line: Line | None) -> Amount:
    return total([line.counted] if line else [])


def _difference(before: Amount, after: Amount, bound: Bound) -> Decimal | None:
    old, new = before.at(bound), after.at(bound)
    return None if old is None or new is None else new - old
