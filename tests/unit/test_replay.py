"""The simulator of a replay: nothing is lost, nothing is by chance, more is never worse."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.specs import HoldSpec
from planning.replay.compare import smallest
from planning.replay.simulate import replay
from planning.replay.slices import sliced
from planning.traces import Arrival
from tests.support.replays import even, rules, site

_COUNTS = st.lists(st.integers(0, 12), min_size=20, max_size=120).filter(any)


@settings(max_examples=60, deadline=None)
@given(
    counts=_COUNTS,
    queue=st.integers(0, 50),
    in_flight=st.integers(1, 400),
    per_minute=st.none() | st.integers(1, 500),
    minimum=st.integers(0, 2),
    held=st.booleans(),
    start=st.floats(0, 90),
)
def test_every_request_is_answered_refused_or_still_there(
    counts: list[int],
    queue: int,
    in_flight: int,
    per_minute: int | None,
    minimum: int,
    held: bool,
    start: float,
) -> None:
    place = site(
        start=start,
        queue=queue,
        in_flight=in_flight,
        per_minute=per_minute,
        hold=HoldSpec(requests=20, seconds=30) if held else None,
    )
    seen = replay(even(counts), place, rules(minimum=minimum, threshold=5.0))
    there = seen.answered + seen.refused + seen.unanswered
    assert there == pytest.approx(sum(counts), rel=1e-6, abs=1e-4)
    assert 0 <= seen.in_time <= seen.answered + 1e-6
    assert min(seen.rows.waiting) >= -1e-6
    assert min(seen.rows.flying) >= -1e-6


@settings(max_examples=40, deadline=None)
@given(counts=_COUNTS, replicas=st.integers(1, 6))
def test_another_replica_never_makes_fewer_requests_in_time(
    counts: list[int], replicas: int
) -> None:
    fewer = replay(even(counts), site(), replicas)
    more = replay(even(counts), site(), replicas + 1)
    assert more.share >= fewer.share - 1e-9


@settings(max_examples=20, deadline=None)
@given(counts=_COUNTS)
def test_the_same_replay_comes_to_the_same(counts: list[int]) -> None:
    assert replay(even(counts), site(), rules()) == replay(even(counts), site(), rules())


def test_the_smallest_fleet_is_enough_and_one_less_is_not() -> None:
    busy = even([30] * 600)
    found = smallest(busy, site(), 0.99)
    assert found is not None and found > 1
    assert replay(busy, site(), found).share >= 0.99
    assert replay(busy, site(), found - 1).share < 0.99


def test_a_load_that_no_fleet_carries_has_no_smallest_one() -> None:
    assert smallest(even([100_000] * 4), site(), 0.99) is None


def test_a_fixed_fleet_is_billed_for_the_whole_trace() -> None:
    assert replay(even([1] * 100), site(), 3).replica_seconds == 3 * 50


def test_a_replica_is_billed_from_its_wish_and_serves_once_it_has_started() -> None:
    seen = replay(even([15] * 400), site(start=60.0), rules())
    first = next(index for index, billed in enumerate(seen.rows.billed) if billed > 1)
    ready = next(index for index, count in enumerate(seen.rows.ready) if count > 1)
    assert (ready - first) * 0.5 == 60.0


def test_a_longer_start_makes_more_requests_late() -> None:
    step = even([1] * 240 + [20] * 600)
    quick, slow = (replay(step, site(start=start), rules()).share for start in (10.0, 120.0))
    assert quick > slow


def test_without_load_the_replicas_go_once_the_window_is_over() -> None:
    seen = replay(even([20] * 300 + [0] * 600), site(start=5.0), rules(settled=60))
    assert max(seen.rows.ready) > 2
    assert seen.rows.billed[-1] == 1
    gone = max(index for index, billed in enumerate(seen.rows.billed) if billed > 1)
    assert gone * 0.5 >= 150 + 60 - 15


def test_at_rest_the_first_request_is_held_and_answered_once_a_replica_is_there() -> None:
    counts = [0] * 400 + [1] + [0] * 200
    resting = site(start=30.0, hold=HoldSpec(requests=10, seconds=120))
    seen = replay(even(counts), resting, rules(minimum=0))
    assert seen.rows.billed[300] == 0, "the last one went after the cooldown"
    assert seen.answered == pytest.approx(1)
    assert seen.in_time == 0, "a start is longer than the limit"
    refusing = replay(even(counts), site(start=30.0), rules(minimum=0))
    assert refusing.refused == pytest.approx(1), "without a hold it is refused"


def test_refused_are_those_above_the_gateways_limits() -> None:
    assert replay(even([5] * 120), site(per_minute=100), 2).refused == pytest.approx(500)
    assert replay(even([500]), site(in_flight=200), 2).refused == pytest.approx(300)


def test_slices_hold_what_came_in_each() -> None:
    arrivals = (Arrival(0.0, 100, 10), Arrival(0.4, 300, 30), Arrival(1.2, 200, 20))
    made = sliced(arrivals, 0.5)
    assert made.counts == (2, 0, 1)
    assert (made.prompt, made.output) == (200, 20)
    assert made.prompts == (2.0, 0.0, 1.0), "in prompts of the mean length"
