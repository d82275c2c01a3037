"""How long a start is waited for, by each part that waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from planning.catalog import Catalog
from planning.coldstart.case import StartCase
from planning.coldstart.stages import total_of
from planning.coldstart.value import Probe, Stage

MARGIN = 1.5
"""Of the high end: the same 8B engine took 44, 55 and 63 s on three visits, a factor of 1.43."""
PROBE_PERIOD = 5
"""A ready replica is seen so many seconds late at most; asking costs an engine nothing."""


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Seconds; each covers the one before it."""

    probe: Probe
    """Of the container's own stages."""
    budget: int
    """Of the whole start."""
    known: int
    """Of its known parts alone: what a mistake costs is time, not a replica."""
    reason: str
    progress_deadline: int
    await_timeout: int


def waits_of(case: StartCase, stages: tuple[Stage, ...], catalog: Catalog) -> Waits:
    """As the stack file says, else the high end with a margin; a peer's longest where unknown."""
    inside = [stage for stage in stages if stage.where == "container"]
    stated = case.levers.budget
    if stated is not None:
        whole = own = known = ceil(stated.seconds)
        reason = "as start.budget says"
    else:
        known = _known(stages)
        whole, reason = _window(stages, catalog)
        own, _ = _window(inside, catalog)
    deadline = whole + PROBE_PERIOD
    shortest = ceil(catalog.timings["pulumi/await"].value.seconds)
    return Waits(
        probe=Probe(period_seconds=PROBE_PERIOD, failure_threshold=ceil(own / PROBE_PERIOD)),
        budget=whole,
        known=known,
        reason=reason,
        progress_deadline=deadline,
        await_timeout=max(shortest, deadline * max(1, case.replicas)),
    )


def _window(stages: Sequence[Stage], catalog: Catalog) -> tuple[int, str]:
    total = total_of(tuple(stages))
    computed = _known(stages)
    missing = [stage.name for stage in stages if stage.seconds is None]
    if not missing:
        return computed, f"{MARGIN:g} x {total.high if total else 0:.0f} s, the high end"
    row = catalog.timings["unknown/start"]
    least = ceil(row.value.seconds)
    verb = "is" if len(missing) == 1 else "are"
    words = f"at least {least} s, while {' and '.join(missing)} {verb} not known: {row.value.what}"
    return max(computed, least), words


def _known(stages: Sequence[Stage]) -> int:
    """Up to whole tens, and never nothing."""
    total = total_of(tuple(stages))
    return max(10, ceil((total.high if total else 0.0) * MARGIN / 10) * 10)
