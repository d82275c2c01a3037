"""How a replica leaves: others learn of it, its streams end, it goes."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from planning.catalog import Catalog
from planning.coldstart.case import StartCase


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """Seconds; what is needed beside what the stack file says."""

    least_pre_stop: int
    """Until nobody chooses the replica any more."""
    pre_stop: int
    teardown: int
    """From the end of the drain until the process is gone."""
    least_grace: int
    grace: int


def leaving(case: StartCase, catalog: Catalog) -> Leaving:
    """grace >= preStop + drain + teardown, and preStop >= deregistration."""
    least = _deregistration(case, catalog)
    pre_stop = least if case.pre_stop_seconds is None else ceil(case.pre_stop_seconds)
    teardown = ceil(catalog.timings["cluster/teardown"].value.seconds)
    need = pre_stop + ceil(case.drain_seconds) + teardown
    stated = case.grace_period_seconds
    return Leaving(
        least_pre_stop=least,
        pre_stop=pre_stop,
        teardown=teardown,
        least_grace=need,
        grace=need if stated is None else ceil(stated),
    )


def _deregistration(case: StartCase, catalog: Catalog) -> int:
    """Of the slowest that sends requests to the pods."""
    if case.target not in ("kubernetes", "eks"):
        return 0
    names = ("cluster/propagation", f"{case.load_balancer}/deregistration")
    rows = [catalog.timings[name] for name in names if name in catalog.timings]
    return ceil(max(row.value.seconds for row in rows))
