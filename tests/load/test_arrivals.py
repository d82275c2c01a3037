"""Arrivals have the statistics that their names promise, and are the same for the same seed."""

from __future__ import annotations

import statistics

import pytest

from benchmarks.load.arrivals import Lengths, gamma, replay
from planning.traces import Arrival

LENGTHS = Lengths(prompt=10, output=5)


def gaps(rate: float, burstiness: float, seconds: float) -> list[float]:
    times = [one.at for one in gamma(rate, burstiness, seconds, LENGTHS, seed=7)]
    return [after - before for before, after in zip([0.0, *times], times, strict=False)]


@pytest.mark.parametrize("burstiness", [0.5, 1.0, 3.0])
def test_gaps_have_the_mean_of_the_rate_and_the_variation_asked_for(burstiness: float) -> None:
    found = gaps(rate=50, burstiness=burstiness, seconds=2000)
    # 100000 gaps: the standard error of the mean is 1 % of it at the largest variation.
    assert statistics.fmean(found) == pytest.approx(1 / 50, rel=0.04)
    variation = statistics.stdev(found) / statistics.fmean(found)
    assert variation == pytest.approx(burstiness, rel=0.06)


def test_a_poisson_process_has_as_many_empty_seconds_as_its_law_says() -> None:
    times = [one.at for one in gamma(2, 1.0, 20000, LENGTHS, seed=7)]
    counts = [0] * 20000
    for at in times:
        counts[int(at)] += 1
    assert counts.count(0) / 20000 == pytest.approx(0.1353, abs=0.01)  # e^-2
    assert statistics.variance(counts) == pytest.approx(2, rel=0.06)


def test_without_variation_requests_come_by_the_clock() -> None:
    times = [one.at for one in gamma(4, 0.0, 1.6, LENGTHS, seed=7)]
    assert times == pytest.approx([0.25, 0.5, 0.75, 1.0, 1.25, 1.5])


def test_a_seed_gives_the_same_arrivals_and_another_seed_others() -> None:
    one, same, other = (gamma(5, 1.0, 10, LENGTHS, seed) for seed in (1, 1, 2))
    assert one == same != other
    assert {(a.prompt_tokens, a.output_tokens) for a in one} == {(10, 5)}


def test_a_replay_keeps_the_order_and_lengths_of_the_trace_at_its_speed() -> None:
    trace = (Arrival(0.0, 100, 20, (1,)), Arrival(4.0, 7, 0), Arrival(9.0, 3, 3))
    assert replay(trace, 2.0, seconds=4.0, longest=None) == (
        Arrival(0.0, 100, 20, (1,)),
        Arrival(2.0, 7, 1),  # no answer of no tokens can be asked for
    )
    [first, *_] = replay(trace, 1.0, seconds=None, longest=Lengths(50, 10))
    assert first == Arrival(0.0, 50, 10, (1,))
