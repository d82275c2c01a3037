"""What goes wrong because a test ordered it, and the log of all calls."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal

from tests.support.aws_provider.store import Store

Kind = Literal["fail", "throttle", "lost", "unready", "delay", "lag", "kill"]
"""`fail`: refused. `throttle`: refused, and tried again. `lost`: done, but the reply was lost.
`unready`: made, but not ready in time. `lag`: made, but the next looks do not see it."""

Moment = Literal["before", "after", "replied"]
"""Before the cloud acts, after it and before the reply, after the reply."""

FOREVER = -1


@dataclass(frozen=True)
class Call:
    """One call of the engine that the cloud hears of."""

    operation: str
    """`create`, `read`, `update` or `delete`."""
    type: str
    name: str
    """Logical name of the resource."""


@dataclass(frozen=True)
class Order:
    number: int
    kind: Kind
    data: Mapping[str, Any]


def order(
    store: Store,
    kind: Kind,
    operation: str = "*",
    token: str = "*",
    *,
    after: int = 0,
    times: int = 1,
    **data: Any,
) -> None:
    """Strike `times` matching calls, once `after` of them have gone by.

    `data`: `code` and `message` of fail, `seconds` of delay, `misses` of lag; `moment`, `pid` and
    `victim` (`engine` or `provider`) of kill.
    """
    with store.open() as connection:
        connection.execute(
            "INSERT INTO orders (operation, type, kind, after, times, data) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (operation, token, kind, after, times, json.dumps(data)),
        )


def forget_orders(store: Store) -> None:
    with store.open() as connection:
        connection.execute("DELETE FROM orders")


def taken(connection: sqlite3.Connection, call: Call) -> list[Order]:
    """The orders that strike this call; they are used up by it."""
    found: list[Order] = []
    for number, operation, token, kind, after, times, data in connection.execute(
        "SELECT number, operation, type, kind, after, times, data FROM orders ORDER BY number"
    ).fetchall():
        if not (fnmatchcase(call.operation, operation) and fnmatchcase(call.type, token)):
            continue
        if after > 0:
            connection.execute("UPDATE orders SET after=after-1 WHERE number=?", (number,))
        elif times:
            connection.execute(
                "UPDATE orders SET times=times-1 WHERE number=? AND times>0", (number,)
            )
            found.append(Order(number, kind, json.loads(data)))
    return found


def note(store: Store, call: Call) -> int:
    """Write the call down before anything else happens; its number in the log."""
    with store.open() as connection:
        cursor = connection.execute(
            "INSERT INTO calls (operation, type, name, outcome) VALUES (?, ?, ?, 'begun')",
            (call.operation, call.type, call.name),
        )
        return int(cursor.lastrowid or 0)


def end(store: Store, number: int, outcome: str) -> None:
    with store.open() as connection:
        connection.execute("UPDATE calls SET outcome=? WHERE number=?", (outcome, number))


def calls(store: Store) -> list[tuple[Call, str]]:
    """All calls in order, with `begun`, `done` or the code of their error."""
    with store.open() as connection:
        rows = connection.execute(
            "SELECT operation, type, name, outcome FROM calls ORDER BY number"
        )
        return [(Call(operation, token, name), outcome) for operation, token, name, outcome in rows]
