"""kill -9 of the engine at calls for every type: recovery and one more run leave all in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.aws_kill import killed_run
from tests.support.aws_provider.cloud import Cloud, cloud
from tests.support.aws_stack import aws_stack
from tests.support.aws_sweep import (
    BALANCER,
    EVERY,
    ZONE,
    Point,
    Saved,
    foreign,
    kinds,
    locks,
    points,
    unknown_to_the_state,
)
from tests.support.killed_run import recover

# Every n-th moment is in each run of the suite; a step that no number of moments divides meets
# other moments and types for each command.
_STEP = 20


@dataclass(frozen=True)
class Base:
    aws: Cloud
    starts: dict[str, Saved]
    """By command: the stack before it."""
    ends: dict[str, Counter[str]]
    """By command: kinds of objects after it, where nobody was killed."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Generator[Base]:
    """One account and one provider for all; each test begins from a copy."""
    folder = Path(tmp_path_factory.mktemp("sweep"))
    with cloud(folder) as aws, aws_stack(aws, EVERY) as stack:
        foreign(aws)
        empty, before = Saved.of(stack, aws, folder / "empty"), kinds(aws)
        stack.up()
        made, after = Saved.of(stack, aws, folder / "made"), kinds(aws)
        yield Base(
            aws=aws,
            starts={"up": empty, "edit": made, "destroy": made},
            ends={"up": after, "edit": after, "destroy": before},
        )


def _cases(command: str) -> list[object]:
    return [
        pytest.param(point, id=point.id, marks=() if number % _STEP == 0 else pytest.mark.chaos)
        for number, point in enumerate(points(command))
    ]


@pytest.mark.parametrize("point", [*_cases("up"), *_cases("edit"), *_cases("destroy")])
def test_a_killed_run_is_finished_by_recovery_and_one_more_run(
    base: Base, tmp_path: Path, point: Point
) -> None:
    aws, stack = base.aws, base.starts[point.command].restored(base.aws, tmp_path)
    if point.command == "edit":
        stack.config["every:edited"] = True
    command = "destroy" if point.command == "destroy" else "up"
    killed_run(aws, stack, command, point.operation, point.moment, token=point.type)
    recover(stack)
    assert locks(stack) == []
    stack.destroy() if command == "destroy" else stack.up()
    assert unknown_to_the_state(aws, stack) == set()
    assert kinds(aws) == base.ends[point.command]


def test_the_sweep_has_as_many_moments_as_it_should() -> None:
    assert len(points("up")) >= 150
    assert len(points("edit")) >= 60
    assert len(points("destroy")) >= 150
    assert {ZONE, BALANCER}.isdisjoint(point.type for point in points("up"))
