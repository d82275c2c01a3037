"""How long it takes to choose hardware, of the largest dense and the largest sparse model."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.context import Context
from benchmarks.machine import ROOT, versions
from benchmarks.results import Measurement, Outcome
from benchmarks.rounds import Figures, interleave

ROUNDS = 9
MODELS = ("Llama-3.1-405B", "DeepSeek-V3")

# A region without prices makes `kubernetes` try every GPU in nodes of 1, 2, 4 and 8.
_CHOOSE = """
import datetime, sys, time
from planning.catalog import load_catalog
from planning.choice import Demand, Wanted, choose
demand = Demand(requests_per_second=20, prompt_tokens=1024, output_tokens=256, itl_ms=50)
name, *places = sys.argv[1:]
begun = time.perf_counter()
catalog = load_catalog()
model = catalog.models[name].value.architecture
count = 0
for place in places:
    target, _, region = place.partition("@")
    wanted = Wanted(target=target, region=region, context=8192, demand=demand)
    found = choose(model, wanted, catalog, datetime.date(2026, 11, 22))
    count += len(found.candidates)
print(time.perf_counter() - begun, count)
"""
_ONE = ("kubernetes@none",)
_ALL = ("local@", "kubernetes@us-east-1", "eks@us-east-1", "hf-endpoint@")


def run(context: Context) -> Measurement:
    series = interleave(
        {"one model": lambda: _slowest(_ONE), "whole catalog": lambda: _slowest(_ALL)},
        context.rounds or ROUNDS,
        {"time": "s", "candidates": ""},
        context.progress,
    )
    return Measurement(
        setup={
            "Models": f"the slower of {' and '.join(MODELS)}",
            "Processes": "a fresh Python for each value; imports of the planner are not counted",
        },
        versions=versions("pydantic", "pyyaml"),
        series=series,
        outcomes=(
            Outcome(goal="one-model", ours="one model time", peer=None),
            Outcome(goal="catalog", ours="whole catalog time", peer=None),
        ),
    )


def _slowest(places: tuple[str, ...]) -> Figures:
    runs = [_run(name, places) for name in MODELS]
    return max(runs, key=lambda figures: figures["time"])


def _run(name: str, places: tuple[str, ...]) -> Figures:
    done = subprocess.run(
        [sys.executable, "-c", _CHOOSE, name, *places],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    seconds, count = done.stdout.split()
    return {"time": float(seconds), "candidates": float(count)}
