"""The budget of one start, and what it decides."""

from __future__ import annotations

from math import ceil

from planning.catalog import Catalog
from planning.coldstart.budget import waits_of
from planning.coldstart.case import StartCase
from planning.coldstart.levers import savings
from planning.coldstart.stages import stages_of, total_of
from planning.coldstart.stop import leaving
from planning.coldstart.value import ColdStart
from planning.coldstart.wishes import Wishes


def cold_start(case: StartCase, catalog: Catalog) -> ColdStart:
    """The same case and catalog give an equal budget; unknown stages are named, never guessed."""
    stages = stages_of(case, catalog)
    waits = waits_of(case, stages, catalog)
    stop = leaving(case, catalog)
    window = catalog.timings["hpa/scale-down"].value
    return ColdStart(
        case=case,
        stages=stages,
        total=total_of(stages),
        unknown=tuple(stage.name for stage in stages if stage.seconds is None),
        budget_seconds=waits.budget,
        budget_reason=waits.reason,
        startup_probe=waits.probe,
        progress_deadline_seconds=waits.progress_deadline,
        await_timeout_seconds=waits.await_timeout,
        # A replica that goes must not be missed before another could have started.
        scale_down_stabilisation_seconds=ceil(
            min(max(window.seconds, waits.known), window.most or waits.known)
        ),
        cooldown_seconds=max(ceil(catalog.timings["keda/cooldown"].value.seconds), waits.known),
        held_request_timeout_seconds=waits.budget
        + ceil(catalog.timings["keda/polling"].value.seconds),
        pre_stop_seconds=stop.pre_stop,
        grace_period_seconds=stop.grace,
        levers=savings(case, catalog),
    )


def idle_timeout_seconds(wishes: Wishes, cold: ColdStart) -> int:
    """What load balancer and gateway must allow of silence: an answer that is not streamed is
    silent until it is whole, a request that wakes a replica until the replica is there."""
    held = cold.held_request_timeout_seconds if wishes.minimum_replicas == 0 else 0
    return ceil(max(wishes.request_timeout_seconds, held))
