"""Tests that fail, then pass alone: told from those that fail always, and named (ADR 32)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tools.bootstrap.paths import BUILD
from tools.suite.outcome import Outcome
from tools.suite.parts import Part, arguments
from tools.suite.run_part import run_pytest

MOST = 2
"""Of a part. More have one cause, which a second run would only hide."""


def run_part(part: Part, env: Mapping[str, str]) -> Outcome:
    """Run the part; where it watches real processes and one or two tests fail, run these again.

    A test that passes the second time is `unsteady`, counted and named in the table: a defect of
    test or product, but no reason to throw away what four thousand others have shown.
    """
    kept = f"cache_dir={BUILD / 'tests' / f'{part.name}.cache'}"
    all_of_it = [*arguments(part), "-o", kept, "--cache-clear"]
    first = run_pytest(part.name, all_of_it, limit_seconds=part.limit_seconds, env=env)
    if first.good or not (part.of_processes and first.complete and first.failed <= MOST):
        return first
    failed_ones = [f"tests/{part.name}", "-n", "0", "-o", kept, "--lf", "--lfnf=none"]
    second = run_pytest(
        f"{part.name}-again", failed_ones, limit_seconds=part.limit_seconds, env=env
    )
    return _of_both(first, second)


def _of_both(first: Outcome, second: Outcome) -> Outcome:
    seconds = first.seconds + second.seconds
    if not second.good or second.passed != first.failed:
        return replace(first, seconds=seconds)
    return replace(
        first,
        passed=first.passed + second.passed,
        failed=0,
        unsteady=second.passed,
        seconds=seconds,
        note=f"failed, then passed alone: {first.note}",
    )
