"""The rules that templates render are those that the search has found, and reach what it says."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from benchmarks.replay.search import RESULTS, SHARE, WANTED
from benchmarks.replay.stack import burst, outcome, static
from planning.cluster.autoscaling import PACE

_NEWEST = max(RESULTS.glob("*-rules.json"))
_FOUND = json.loads(_NEWEST.read_text())
_RATE = 5.0


def test_the_defaults_are_what_was_found() -> None:
    best = _FOUND["best"]
    assert {name: best[name] for name in asdict(PACE)} == asdict(PACE)


@pytest.mark.parametrize("start", WANTED)
def test_bursts_are_served_in_time_with_far_fewer_gpu_hours_than_by_a_fixed_fleet(
    start: int,
) -> None:
    day = burst(_RATE)
    seen, fixed = outcome(day, start), static(day)
    assert fixed.share >= SHARE
    assert seen.share >= SHARE
    ratio = seen.replica_seconds / fixed.replica_seconds
    assert ratio <= WANTED[start]
    kept = _FOUND["perRate"][f"{_RATE:g}"][str(start)]
    assert kept["sameTimesOfStatic"] == pytest.approx(ratio, abs=1e-4)
    assert kept["sameTimesInTime"] == pytest.approx(seen.share, abs=1e-4)


def test_one_replica_fewer_is_not_enough_for_the_fixed_fleet() -> None:
    assert _FOUND["fixed"][f"{_RATE:g}"] == burst(_RATE).replicas
