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
            min(max(window.seconds, waits.budget), window.most or waits.budget)
        ),
        cooldown_seconds=max(ceil(catalog.timings["keda/cooldown"].value.seconds), waits.budget),
        held_request_timeout_seconds=waits.budget
        + ceil(catalog.timings["keda/polling"].value.seconds),
        pre_stop_seconds=stop.pre_stop,
        grace_period_seconds=stop.grace,
        levers=savings(case, catalog),
    )
