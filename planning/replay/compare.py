"""The deployed rules beside fixed numbers of replicas, under the same trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planning.replay.deployed import Deployed
from planning.replay.outcome import Outcome
from planning.replay.simulate import Site, replay
from planning.replay.slices import Slices

MOST_REPLICAS = 64
"""As `scaling.replicas` takes."""

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The day that is reported."""

    deployed: Outcome
    first_day: Outcome | None
    """Under the same rules, when nothing was there to look back at; None: no day before."""
    static: Outcome | None
    """Of the smallest fixed number with enough in time; None: not even the most."""
    replicas: int | None
    """That number."""


def compared(
    slices: Slices,
    before: Slices | None,
    found: Deployed,
    share: float,
    progress: Progress,
) -> Compared:
    """`before`: the same hours of the day before. `share`: wanted in time."""
    first = None
    progress("the deployed rules")
    outcome = replay(slices, found.site, found.rules, before.counts if before else ())
    if before:
        progress("the deployed rules on their first day")
        first = replay(slices, found.site, found.rules)
    progress("fixed numbers of replicas")
    size = smallest(slices, found.site, share)
    return Compared(
        deployed=outcome,
        first_day=first,
        static=None if size is None else replay(slices, found.site, size),
        replicas=size,
    )


def smallest(slices: Slices, site: Site, share: float) -> int | None:
    """Replicas with at least `share` of the requests in time; more never have fewer."""
    low, high = 1, MOST_REPLICAS
    if replay(slices, site, high).share < share:
        return None
    while low < high:
        middle = (low + high) // 2
        if replay(slices, site, middle).share >= share:
            high = middle
        else:
            low = middle + 1
    return low
