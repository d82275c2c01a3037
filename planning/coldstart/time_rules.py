"""Rules: a start has the time that it takes."""

from __future__ import annotations

from collections.abc import Iterator

from planning.coldstart.budget import MARGIN
from planning.coldstart.subject import Subject, took
from planning.problems import Problem


def budget_covers_the_start(subject: Subject) -> Iterator[Problem]:
    """Probes that kill loading replicas never let one start."""
    stated, total = subject.case.levers.budget, subject.cold.total
    if stated is None or total is None or stated.seconds >= total.high:
        return
    cheapest = next(iter(subject.cold.levers), None)
    yield Problem(
        path=f"{subject.paths.start}.budget",
        code="start-budget-too-short",
        got=f"{stated} for a start of {took(total.low)} to {took(total.high)}",
        allowed=f"at least {took(total.high)}: a replica that still loads would be killed",
        fixes=(
            f"leave it out: the plan then waits {MARGIN:g} x {total.high:.0f} s",
            *((f"or make it faster: write {cheapest.setting}",) if cheapest else ()),
        ),
    )


def start_is_known(subject: Subject) -> Iterator[Problem]:
    cold = subject.cold
    # Where another starts the replica, nothing here waits for it.
    if not cold.at_least or not subject.on_cluster or subject.case.levers.budget is not None:
        return
    reasons = [f"{one.name}: {one.reason}" for one in cold.stages if one.seconds is None]
    fixes = [f"measure a start and write {subject.paths.start}.budget"]
    if "node boot" in cold.unknown:
        fixes.append(f"say that nodes are kept free: {subject.paths.start}.warmNodes: 1")
    yield Problem(
        path=subject.paths.start,
        code="start-not-known",
        got="a start of which a part is not known (" + "; ".join(reasons) + ")",
        allowed=f"a start that is known, or waited for {cold.budget_reason}",
        fixes=tuple(fixes),
        severity="advice",
    )
