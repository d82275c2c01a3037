"""Where the money goes: resources by type, the dearest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planning.cost.report.document import Range, ResourceCost
from planning.cost.report.names import group

MOST = 8
"""Groups that are shown; what is left is one more."""
REST = "all others"


@dataclass(frozen=True, kw_only=True)
class Group:
    """Priced resources of one type."""

    name: str
    count: int
    """Resources that there are."""
    before: Range
    after: Range


def groups(resources: Iterable[ResourceCost]) -> tuple[Group, ...]:
    """By the most that they cost, or did."""
    members: dict[str, list[ResourceCost]] = {}
    for one in resources:
        if one.kind == "priced":
            members.setdefault(group(one.urn), []).append(one)
    found = sorted((_group(name, some) for name, some in members.items()), key=_rank)
    if len(found) <= MOST + 1:
        return tuple(found)
    shown = {one.name for one in found[:MOST]}
    rest = [one for name, some in members.items() if name not in shown for one in some]
    return (*found[:MOST], _group(REST, rest))


def _group(name: str, members: Sequence[ResourceCost]) -> Group:
    return Group(
        name=name,
        count=sum(one.sign != "-" for one in members),
        before=_sum([_before(one) for one in members]),
        after=_sum([_after(one) for one in members]),
    )


def _rank(one: Group) -> tuple[float, str]:
    return -max(one.after.max or 0.0, one.before.max or 0.0), one.name


def _after(one: ResourceCost) -> Range:
    return _NOTHING if one.sign == "-" or one.monthly_usd is None else one.monthly_usd


def _before(one: ResourceCost) -> Range:
    """What a change was counted from."""
    if one.sign == "+":
        return _NOTHING
    now = one.monthly_usd or _NOT_KNOWN
    if one.sign != "~":
        return now
    more = one.change or _NOT_KNOWN
    return Range(
        min=_less(now.min, more.min),
        expected=_less(now.expected, more.expected),
        max=_less(now.max, more.max),
    )


def _sum(parts: Sequence[Range]) -> Range:
    return Range(
        min=_total([part.min for part in parts]),
        expected=_total([part.expected for part in parts]),
        max=_total([part.max for part in parts]),
    )


def _total(parts: Sequence[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return round(sum(known), 2) if len(known) == len(parts) else None


def _less(now: float | None, more: float | None) -> float | None:
    return None if now is None or more is None else round(now - more, 2)


_NOTHING = Range(min=0, expected=0, max=0)
_NOT_KNOWN = Range(min=None, expected=None, max=None)
