"""kill -9 of `pulumi` at random moments: `recover` and one more run converge."""

from __future__ import annotations

import random

import pytest

from tests.support.ask import ask
from tests.support.killed_run import kill_during, recover
from tests.support.paced_stack import paced_stack, spec_of, traces
from tests.support.pulumi_stack import PulumiStack

_SEED = 20261122
# Longer than each of these runs takes after its first step on an idle machine of two cores.
_SPAN_SECONDS = {"up": 4.0, "destroy": 2.0}


def _moments(command: str, count: int) -> list[float]:
    """Even shares of the run with a random moment in each, so that a few cover all of it."""
    share = _SPAN_SECONDS[command] / count
    source = random.Random(f"{_SEED} {command}")
    return [round((index + source.random()) * share, 2) for index in range(count)]


def test_two_killed_ups_and_a_killed_destroy_converge() -> None:
    _kill_and_converge(ups=_moments("up", 2), destroys=_moments("destroy", 1))


@pytest.mark.chaos
def test_twenty_four_killed_runs_converge() -> None:
    _kill_and_converge(ups=_moments("up", 14), destroys=_moments("destroy", 10))


def _kill_and_converge(*, ups: list[float], destroys: list[float]) -> None:
    with paced_stack(replicas=1) as stack:
        hits = [_killed_up(stack, moment) for moment in ups]
        hits += [_killed_destroy(stack, moment) for moment in destroys]
        assert any(hits), "each run ended before its kill; the spans above are too long"
        stack.destroy()
        assert traces(stack) == []


def _killed_up(stack: PulumiStack, moment: float) -> bool:
    # Another number of replicas and other settings for all of them, each time.
    spec = spec_of(stack)
    spec["replicas"] = 1 + (spec["replicas"] + 1) % 3
    spec["maxQueue"] = spec.get("maxQueue", 64) + 1
    running = kill_during(stack, "up", after_first_step=moment)
    recover(stack)
    stack.up()
    assert ask(stack.outputs()).status_code == 200
    assert stack.preview().operations == {}
    return running


def _killed_destroy(stack: PulumiStack, moment: float) -> bool:
    stack.settle()
    running = kill_during(stack, "destroy", after_first_step=moment)
    recover(stack)
    stack.destroy()
    assert traces(stack) == []
    return running
