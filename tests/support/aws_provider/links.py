"""Which objects name which: what must exist, what a deletion waits for and takes along."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from tests.support.aws_provider.errors import AwsError
from tests.support.aws_provider.paths import filled, values_at
from tests.support.aws_provider.row import Reference, row_of
from tests.support.aws_provider.store import Thing, look, things


def require(connection: sqlite3.Connection, thing: Thing) -> None:
    """Fail where it names what does not exist; take over what AWS copies from there."""
    for reference in row_of(thing.type).references:
        for value in _values(reference, thing.state):
            target = _target(connection, reference, value, thing.region)
            if target is not None:
                for own, other in reference.copies.items():
                    thing.state.setdefault(own, target.state.get(other))
            elif reference.missing and not _foreign(reference, value):
                label = row_of(reference.to).label
                raise AwsError(reference.missing, f"The {label} '{value}' does not exist")


def refuse_if_in_use(connection: sqlite3.Connection, thing: Thing) -> None:
    for other, reference in _users(connection, thing):
        if reference.blocks and other.owner != thing.key:
            raise AwsError(
                reference.blocks,
                f"The {row_of(thing.type).label} '{thing.id}' has dependencies and cannot be "
                f"deleted: {row_of(other.type).label} '{other.id}'",
            )


def going_along(connection: sqlite3.Connection, thing: Thing) -> list[Thing]:
    """What AWS deletes with it: what it made itself, and what is nothing without it."""
    users = [other for other, reference in _users(connection, thing) if reference.cascade]
    return [*things(connection, owner=thing.key), *users]


def _users(connection: sqlite3.Connection, thing: Thing) -> Iterator[tuple[Thing, Reference]]:
    for other in things(connection):
        if other.key == thing.key:
            continue
        for reference in row_of(other.type).references:
            if reference.to == thing.type and any(
                _names(reference, value, thing) for value in _values(reference, other.state)
            ):
                yield other, reference


def _target(
    connection: sqlite3.Connection, reference: Reference, value: Any, region: str
) -> Thing | None:
    for other in things(connection, type=reference.to):
        same_place = other.region == region or row_of(other.type).everywhere
        if same_place and _names(reference, value, other):
            return look(connection, {"type": other.type, "id": other.id, "region": other.region})
    return None


def _values(reference: Reference, state: dict[str, Any]) -> list[Any]:
    if reference.value:
        return [filled(reference.value, state)]
    return values_at(reference.path, state)


def _names(reference: Reference, value: Any, target: Thing) -> bool:
    return any(
        value == (target.id if by == "id" else target.state.get(by))
        for by in reference.by.split("|")
    )


def _foreign(reference: Reference, value: Any) -> bool:
    start = filled(reference.foreign, {})
    return bool(start) and str(value).startswith(start)
