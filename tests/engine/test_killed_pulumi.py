"""kill -9 of `pulumi` at random moments: `recover` and one more run converge."""

from __future__ import annotations

import random

import pytest

from tests.support.ask import ask
from tests.support.killed_run import kill_during, recover
from tests.support.paced_stack import paced_stack, spec_of, traces
from tests.support.pulumi_stack import PulumiStack

# Each seed is three kills: of a first `up`, of one that changes everything, of a `destroy`.
_SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.chaos) for seed in range(2, 10))]
_LONGEST_DELAY_SECONDS = 0.5


@pytest.mark.parametrize("seed", _SEEDS)
def test_killed_runs_converge(seed: int) -> None:
    moments = random.Random(seed)
    with paced_stack(replicas=moments.randint(1, 2)) as stack:
        # Of at least 10, 8 and 10 lines about resources: each run is killed well before its end.
        _kill_and_go_on(stack, moments, "up", lines=7)
        _serves_and_is_settled(stack)
        spec_of(stack).update(replicas=moments.randint(2, 3), maxQueue=10, requestsPerMinute=6000)
        _kill_and_go_on(stack, moments, "up", lines=3)
        _serves_and_is_settled(stack)
        _kill_and_go_on(stack, moments, "destroy", lines=6)
        assert traces(stack) == []


def _kill_and_go_on(
    stack: PulumiStack, moments: random.Random, command: str, *, lines: int
) -> None:
    after, delay = moments.randint(1, lines), moments.uniform(0, _LONGEST_DELAY_SECONDS)
    kill_during(stack, command, after_lines=after, delay_seconds=delay)
    recover(stack)
    stack.up() if command == "up" else stack.destroy()


def _serves_and_is_settled(stack: PulumiStack) -> None:
    assert ask(stack.outputs()).status_code == 200
    assert stack.preview().operations == {}
