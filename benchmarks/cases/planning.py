"""How long the planner takes to import and the command to print a plan, in fresh processes."""

from __future__ import annotations

from benchmarks.context import Context
from benchmarks.fresh import fresh_python
from benchmarks.machine import versions
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import Figures, interleave

ROUNDS = 9

_IMPORT = """
import time
begun = time.perf_counter()
import planning.plan, planning.settings
print(time.perf_counter() - begun)
"""


def run(context: Context) -> Measurement:
    series = interleave(
        {"import of planning": _import, "plan command": _plan, "python -c pass": _nothing},
        context.rounds or ROUNDS,
        {"time": "s"},
        context.progress,
    )
    return Measurement(
        setup={"Processes": "a fresh Python for each value, byte code cached"},
        versions=versions("pydantic", "pyyaml", "rich"),
        series=series,
        outcomes=(
            Outcome(goal="import", ours="import of planning time", peer=None),
            Outcome(goal="plan", ours="plan command time", peer=None),
        ),
    )


def _import() -> Figures:
    return {"time": float(fresh_python("-c", _IMPORT)[1])}


def _plan() -> Figures:
    return {"time": fresh_python("-m", "planning", "plan", "Pulumi.dev.yaml")[0]}


def _nothing() -> Figures:
    return {"time": fresh_python("-c", "pass")[0]}
