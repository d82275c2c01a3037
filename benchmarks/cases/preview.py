"""What our program costs in `pulumi preview`: the dev stack against a program that does nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.context import CannotMeasureError, Context
from benchmarks.machine import ROOT, versions
from benchmarks.pulumi_previews import Previews, checkout_copy, empty_project
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import interleave
from tests.support.free_port import free_port

ROUNDS = 5


def run(context: Context) -> Measurement:
    previews = Previews(context.work, _engine())
    ours, empty = checkout_copy(context.work), empty_project(context.work)
    for project in (ours, empty):
        previews.add(project)
    # The dev stack of this very checkout may be running on its own port.
    previews.set(ours, "slipway:access.port", free_port())
    series = interleave(
        {
            "empty program": lambda: previews.preview(empty),
            "dev stack": lambda: previews.preview(ours),
        },
        context.rounds or ROUNDS,
        {"CPU": "s", "life": "s", "whole command": "s"},
        context.progress,
    )
    return Measurement(
        setup={
            "Program": "the Python process that the language host starts: its CPU time, and its "
            "life from start to end, in which the dev stack also waits for its provider's start",
            "State": "file backend, nothing deployed; both programs in the same environment, byte "
            "code cached",
        },
        versions=versions("pulumi", "pydantic"),
        series=series,
        outcomes=(
            Outcome(goal="program", ours="dev stack CPU", peer="empty program CPU"),
            Outcome(goal="program-life", ours="dev stack life", peer="empty program life"),
        ),
    )


def _engine() -> Path:
    """The folder with `pulumi` that `make up` uses too."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.engine"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    if done.returncode != 0:
        raise CannotMeasureError("there is no Pulumi: see what `make engine` says")
    return Path(done.stdout.strip())
