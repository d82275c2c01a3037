"""Child process of the runner: measures one benchmark and writes its Measurement as JSON.

`python -m benchmarks.case NAME --out FILE [--model-dir DIR] [--rounds N] [--with-vllm]`
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.catalog import BY_NAME
from benchmarks.context import CannotMeasureError, Context
from benchmarks.results import Measurement


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=sorted(BY_NAME))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model-dir", type=Path)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--with-vllm", action="store_true")
    given = parser.parse_args()
    benchmark = BY_NAME[given.name]

    def progress(line: str) -> None:
        print(f"[{given.name}] {line}", file=sys.stderr, flush=True)

    run: Callable[[Context], Measurement] = importlib.import_module(benchmark.module).run
    with tempfile.TemporaryDirectory(prefix="slipway-bench-") as work:
        context = Context(
            model_dir=given.model_dir,
            with_vllm=given.with_vllm,
            rounds=given.rounds,
            work=Path(work),
            progress=progress,
        )
        try:
            measurement = run(context)
        except CannotMeasureError as reason:
            progress(f"not measured: {reason}")
            skipped = {goal.key: str(reason) for goal in benchmark.goals}
            measurement = Measurement(setup={}, versions={}, skipped=skipped)
    given.out.write_text(measurement.model_dump_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
