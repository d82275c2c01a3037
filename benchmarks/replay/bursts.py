"""The trace of bursts: `python -m benchmarks.replay.bursts OUT [--rate 5] [--seed 1]`.

Two hours; gaps are exponential (a Poisson process). In each 40 minutes the last ten have eight
times the rate, from one moment to the next: nothing announces them. Written as ServeGen writes its
requests.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

from planning.traces import Arrival

SECONDS, PERIOD, QUIET = 7200, 2400, 1800
TIMES = 8
PROMPT, OUTPUT = 2048, 256


def bursts(
    rate: float,
    seed: int,
    *,
    seconds: float = SECONDS,
    period: float = PERIOD,
    quiet: float = QUIET,
) -> tuple[Arrival, ...]:
    """`rate`: requests a second outside of the bursts. The same seed gives the same trace."""
    source, now, found = random.Random(seed), 0.0, list[Arrival]()
    while True:
        now += source.expovariate(rate * (TIMES if now % period >= quiet else 1))
        if now >= seconds:
            return tuple(found)
        found.append(Arrival(now, PROMPT, OUTPUT))


def write(arrivals: tuple[Arrival, ...], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerow(("request_id", "timestamp", "input_tokens", "output_tokens"))
        for number, one in enumerate(arrivals):
            rows.writerow((number, f"{one.at:.4f}", one.prompt_tokens, one.output_tokens))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the trace of bursts.")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--rate", type=float, default=5.0, help="requests a second between bursts")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(bursts(given.rate, given.seed), given.out)


if __name__ == "__main__":
    main()
