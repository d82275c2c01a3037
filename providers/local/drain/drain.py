"""A destroy goes on once nothing of these kinds is left; else it names what is."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from providers.local.drain.leftovers import Clients, connect, leftovers, release
from providers.local.resource import LocalResource
from providers.plugin.session import OperationError, Session
from providers.plugin.values import Change, Values

_POLL_SECONDS = 5.0
_NAMED = 5
"""So many of what is left are named in a line."""


class Drain(LocalResource):
    """Inputs: region, cluster, vpcId, of (kinds of leftovers) and seconds (the longest wait)."""

    def __init__(self, connected: Callable[[str], Clients] = connect) -> None:
        self._connected = connected

    def create(self, name: str, inputs: Values, session: Session) -> Values:
        return dict(inputs)

    def planned(self, inputs: Values, state: Values | None) -> Values:
        return dict(inputs)

    def drift(self, name: str, state: Values) -> Mapping[str, Change]:
        return {}

    def update(self, name: str, state: Values, inputs: Values, session: Session) -> Values:
        return dict(inputs)

    def delete(self, name: str, state: Values, session: Session) -> None:
        """Raises OperationError with what is left, after the wait or an interruption."""
        clients, cluster = self._connected(str(state["region"])), str(state["cluster"])
        kinds = tuple(str(kind) for kind in state["of"])
        end = time.monotonic() + float(state["seconds"])
        while left := leftovers(clients, cluster, str(state["vpcId"]), kinds):
            if session.cancelled.is_set() or time.monotonic() >= end:
                raise OperationError(_stuck(cluster, left, float(state["seconds"])))
            session.report(f"waiting until nothing is left of {cluster}: {_named(left)}")
            release(clients, left)
            session.cancelled.wait(_POLL_SECONDS)


def _stuck(cluster: str, left: Sequence[str], seconds: float) -> str:
    return (
        f"after {seconds:.0f} s this is still left of cluster {cluster}: {', '.join(left)}; "
        "remove it, or find out who holds it, and run `pulumi destroy` again"
    )


def _named(left: Sequence[str]) -> str:
    more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
    return f"{', '.join(left[:_NAMED])}{more}"
