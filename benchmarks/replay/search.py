"""Rules that are enough with the fewest GPU-hours: `python -m benchmarks.replay.search`.

Every candidate is tried on days of bursts at several rates, with a start of 60 and of 300 seconds.
The rules have seen the day before: the same hours, with other requests. It writes
benchmarks/results/replay/<day>-rules.json; the defaults in planning/cluster/autoscaling.py are its
`best`, which a test compares.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import ROOT
from benchmarks.replay.stack import Burst, burst, outcome, static
from planning.cluster.autoscaling import Pace

WANTED = {60: 0.5, 300: 0.6}
"""Most GPU-hours of those of the smallest fixed fleet that is enough, by seconds of a start."""
SHARE = 0.99
"""Least of the requests in time."""
RATES = (5.0, 6.0, 7.0, 8.0)
"""Requests a second between bursts: fixed fleets of four to six replicas. With three, one between
bursts and three in them already are half of them, whoever decides."""
RESULTS = ROOT / "benchmarks/results/replay"
_CARRIED = (1.0, 1.05, 1.1)
_BEYOND = (15, 30, 45, 60, 75)
_MOVED_SECONDS = 1200
_SETTLED = (0.1, 0.25, 0.5, 1.0)


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One candidate."""

    pace: Pace
    shares: Mapping[int, float]
    """By seconds of a start: fewest requests in time (0..1), of all rates."""
    ratios: Mapping[int, float]
    """By seconds of a start: GPU-hours over those of the fixed fleet, at the worst rate."""

    @property
    def good(self) -> bool:
        """Whether all that is wanted is reached, at every rate."""
        cheap = all(self.ratios[start] <= most for start, most in WANTED.items())
        return cheap and all(share >= SHARE for share in self.shares.values())

    @property
    def caution(self) -> tuple[float, float, float]:
        """The smaller, the more a replica is there before it is needed and stays after it."""
        pace = self.pace
        return pace.carried_share, -pace.settled_share, -pace.beyond_start_seconds


def candidates() -> Iterator[Pace]:
    for carried, beyond, settled in itertools.product(_CARRIED, _BEYOND, _SETTLED):
        yield Pace(carried_share=carried, beyond_start_seconds=beyond, settled_share=settled)


def tried(pace: Pace, days: list[Burst]) -> Tried:
    shares: dict[int, float] = {}
    ratios: dict[int, float] = {}
    for start in WANTED:
        seen = [outcome(day, start, pace) for day in days]
        shares[start] = min(one.share for one in seen)
        ratios[start] = max(
            one.replica_seconds / static(day).replica_seconds
            for one, day in zip(seen, days, strict=True)
        )
    return Tried(pace=pace, shares=shares, ratios=ratios)


def best(found: list[Tried]) -> Tried:
    """The most cautious of those that reach all. Raises ValueError where none does."""
    return min((one for one in found if one.good), key=lambda one: one.caution)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, metavar="FILE", help="in place of the dated file")
    given = parser.parse_args()
    days = [burst(rate) for rate in RATES]
    found: list[Tried] = []
    paces = list(candidates())
    for number, pace in enumerate(paces, 1):
        found.append(tried(pace, days))
        if number % 8 == 0:
            print(f"slipway: {number} of {len(paces)} candidates …", file=sys.stderr, flush=True)
    day = datetime.datetime.now(datetime.UTC).date()
    file = given.out or RESULTS / f"{day}-rules.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(_document(found, days), indent=1) + "\n", encoding="utf-8")
    print(f"wrote {file}")


def _document(found: list[Tried], days: list[Burst]) -> dict[str, Any]:
    chosen = best(found)
    return {
        "command": "python -m benchmarks.replay.search",
        "trace": "python -m benchmarks.replay.bursts, seed 1; the day before: seed 2",
        "wanted": {"inTime": SHARE, "ofStatic": WANTED},
        "fixed": {f"{day.rate:g}": day.replicas for day in days},
        "best": _row(chosen),
        "perRate": {
            f"{day.rate:g}": {start: _figures(day, start, chosen.pace) for start in WANTED}
            for day in days
        },
        "tried": [_row(one) for one in sorted(found, key=lambda one: (not one.good, one.caution))],
    }


def _row(one: Tried) -> dict[str, Any]:
    return {
        **asdict(one.pace),
        "inTime": {start: round(share, 5) for start, share in one.shares.items()},
        "ofStatic": {start: round(ratio, 4) for start, ratio in one.ratios.items()},
    }


def _figures(day: Burst, start: int, pace: Pace) -> dict[str, float]:
    """Beside the same bursts the day before: none of them, and all twenty minutes later."""
    moved = round(_MOVED_SECONDS / day.before.seconds)
    counts = day.before.counts
    days = {
        "sameTimes": outcome(day, start, pace),
        "firstDay": outcome(day, start, pace, before=()),
        "otherTimes": outcome(day, start, pace, before=(*counts[-moved:], *counts[:-moved])),
    }
    fixed = static(day).replica_seconds
    return {
        name + figure: round(value, 5)
        for name, one in days.items()
        for figure, value in (("InTime", one.share), ("OfStatic", one.replica_seconds / fixed))
    }


if __name__ == "__main__":
    main()
