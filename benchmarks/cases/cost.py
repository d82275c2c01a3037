"""How long an estimate of a large preview takes, in a fresh process and in one that is warm."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from benchmarks.context import Context
from benchmarks.fresh import fresh_python
from benchmarks.machine import ROOT, versions
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import Figures, interleave

ROUNDS = 9
RESOURCES = 500
_RECORDED = ROOT / "tests/data/previews/eks-prod.json"
# The first one reads the catalog.
_WARM = """
import contextlib, io, sys, time
from planning.cli import main
for _ in range(2):
    begun = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        assert main(sys.argv[1:]) == 0
print(time.perf_counter() - begun)
"""


def run(context: Context) -> Measurement:
    preview = context.work / "preview.json"
    preview.write_text(json.dumps(_large(json.loads(_RECORDED.read_text()))))
    arguments = ("cost", "--from-preview", str(preview), "--format", "markdown")
    series = interleave(
        {"cold": lambda: _cold(arguments), "warm": lambda: _warm(arguments)},
        context.rounds or ROUNDS,
        {"time": "s"},
        context.progress,
    )
    return Measurement(
        setup={
            "Preview": f"{RESOURCES} resources: {_RECORDED.name} of the real engine, with "
            "other names until there are enough",
            "Cold": "the whole process, byte code cached",
            "Warm": "the second estimate of a process, from the file to the comment",
        },
        versions=versions("msgspec", "pydantic", "pyyaml"),
        series=series,
        outcomes=(
            Outcome(goal="cold", ours="cold time", peer=None),
            Outcome(goal="warm", ours="warm time", peer=None),
        ),
    )


def _large(recorded: dict[str, Any]) -> dict[str, Any]:
    steps: list[dict[str, Any]] = []
    for number in count():
        for step in recorded["steps"]:
            steps.append({**step, "urn": f"{step['urn']}-{number}" if number else step["urn"]})
            if len(steps) == RESOURCES:
                return {**recorded, "steps": steps}
    raise AssertionError("unreachable")


def _cold(arguments: tuple[str, ...]) -> Figures:
    return {"time": fresh_python("-m", "planning", *arguments)[0]}


def _warm(arguments: tuple[str, ...]) -> Figures:
    return {"time": float(fresh_python("-c", _WARM, *arguments)[1])}
