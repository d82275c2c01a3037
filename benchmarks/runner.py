"""Runs one benchmark in a process of its own and keeps its result."""

from __future__ import annotations

import contextlib
import datetime
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import machine
from benchmarks.goal import Benchmark
from benchmarks.results import Measurement, Result


class BenchmarkFailedError(Exception):
    """The benchmark's process ended badly or ran past its time."""


def run_benchmark(benchmark: Benchmark, options: Sequence[str]) -> Result:
    """Runs `benchmark` with `options` of the command line and returns its dated result.

    Raises BenchmarkFailedError; the process and all it started are gone then.
    """
    before = machine.read_machine()
    started = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    clock = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="slipway-bench-") as folder:
        out = Path(folder) / "measurement.json"
        command = [sys.executable, "-m", "benchmarks.case", benchmark.name, "--out", str(out)]
        _run(benchmark, [*command, *options])
        measurement = Measurement.model_validate_json(out.read_bytes())
    return Result(
        benchmark=benchmark.name,
        started=started.isoformat().replace("+00:00", "Z"),
        seconds=round(time.monotonic() - clock, 1),
        command=" ".join(["python -m benchmarks", benchmark.name, *options]),
        commit=machine.commit(),
        machine=before,
        measurement=measurement,
    )


def _run(benchmark: Benchmark, command: list[str]) -> None:
    # A session of its own: one signal reaches the servers and workers that a case started.
    process = subprocess.Popen(command, cwd=machine.ROOT, start_new_session=True)
    try:
        code = process.wait(timeout=benchmark.timeout_seconds)
    except subprocess.TimeoutExpired:
        raise BenchmarkFailedError(
            f"{benchmark.name}: not done within {benchmark.timeout_seconds:.0f} s, ended"
        ) from None
    finally:
        _end_session(process)
    if code != 0:
        raise BenchmarkFailedError(f"{benchmark.name}: its process ended with status {code}")


def _end_session(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
