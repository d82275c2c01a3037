"""A call carried out: what was ordered happens to it, at its moment."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Sequence

from tests.support.aws_provider.errors import AwsError, PartlyDoneError
from tests.support.aws_provider.orders import Call, Moment, Order, end, note, taken
from tests.support.aws_provider.store import Store, Thing
from tests.support.process_family import kill_family

# What the AWS SDK of the provider does before it gives up.
_ATTEMPTS = 25

Action = Callable[[sqlite3.Connection], Thing | None]
"""What the cloud does in one transaction; the object that stands afterwards."""


def act(
    store: Store, call: Call, action: Action, on_reply: Callable[[Callable[[], None]], object]
) -> Thing | None:
    """`on_reply` takes what is to happen once the reply has gone out.

    Raises AwsError and PartlyDoneError.
    """
    number = note(store, call)
    try:
        done, orders = _attempts(store, call, action)
    except AwsError as error:
        end(store, number, error.code)
        raise
    end(store, number, "done")
    _kill(orders, "after")
    on_reply(lambda: _kill(orders, "replied"))
    for order in orders:
        if order.kind == "lost":
            raise AwsError("RequestTimeout", "the request was sent, but no reply came in time")
        if order.kind == "unready" and done is not None:
            late = f"waiting for {call.type} ({done.id}) to be ready: timeout while waiting"
            raise PartlyDoneError(done.id, done.state, late)
    return done


def _attempts(store: Store, call: Call, action: Action) -> tuple[Thing | None, Sequence[Order]]:
    for attempt in range(_ATTEMPTS):
        with store.open() as connection:
            orders = taken(connection, call)
        _kill(orders, "before")
        if attempt + 1 == _ATTEMPTS or not any(order.kind == "throttle" for order in orders):
            break
    for order in orders:
        if order.kind == "delay":
            time.sleep(order.data["seconds"])
        if order.kind == "throttle":
            raise AwsError("ThrottlingException", "Rate exceeded")
        if order.kind == "fail":
            raise AwsError(order.data["code"], order.data.get("message", "as ordered"))
    with store.open() as connection:
        done = action(connection)
        for order in orders:
            if order.kind == "lag" and done is not None:
                connection.execute(
                    "UPDATE objects SET misses=? WHERE type=? AND id=? AND region=?",
                    (order.data["misses"], done.type, done.id, done.region),
                )
    return done, orders


def _kill(orders: Sequence[Order], moment: Moment) -> None:
    for order in orders:
        if order.kind == "kill" and order.data["moment"] == moment:
            if order.data.get("victim", "engine") == "provider":
                os.kill(os.getpid(), signal.SIGKILL)
            kill_family(order.data["pid"])
            if moment == "before":
                raise AwsError("RequestCanceled", "the caller is dead")
