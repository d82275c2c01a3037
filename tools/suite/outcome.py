"""What came out of each part, and the table of all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tools.bootstrap.paths import BUILD


@dataclass(frozen=True)
class Outcome:
    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    note: str = ""
    complete: bool = True
    """Every test had its turn: nothing hung or could not be read."""
    unsteady: int = 0
    """Of the passed, those that passed only when run again."""

    @property
    def good(self) -> bool:
        return self.failed == 0


def finish(outcomes: Sequence[Outcome]) -> int:
    """Print the table and the closing line, keep the times; return the exit code."""
    print("\n" + table(outcomes))
    BUILD.mkdir(exist_ok=True)
    times = BUILD / "test-times.json"
    times.write_text(json.dumps([asdict(outcome) for outcome in outcomes], indent=2) + "\n")
    print(f"times are kept in {times.relative_to(BUILD.parent)}\n")
    print(closing_line(outcomes))
    return 0 if all(outcome.good for outcome in outcomes) else 1


def table(outcomes: Sequence[Outcome]) -> str:
    head = f"{'part':<10}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}"
    rows = [
        f"{o.name:<10}{o.passed:>8}{o.failed:>8}{o.skipped:>9}{o.seconds:>9.1f}"
        f"{'  ' + o.note if o.note else ''}"
        for o in outcomes
    ]
    total = sum(outcome.seconds for outcome in outcomes)
    return "\n".join([head, *rows, f"{'all':<10}{'':>25}{total:>9.1f}"])


def closing_line(outcomes: Sequence[Outcome]) -> str:
    passed, failed, skipped = (
        sum(getattr(outcome, what) for outcome in outcomes)
        for what in ("passed", "failed", "skipped")
    )
    unsteady = sum(outcome.unsteady for outcome in outcomes)
    ending = f", {unsteady} of the passed unsteady: see the table" if unsteady else ""
    return f"{passed} passed, {failed} failed, {skipped} skipped{ending}"
