"""The time limit holds whatever a server does, and a wait is not silent."""

from __future__ import annotations

import dataclasses
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.preflight import Needs, preflight
from operations.preflight.asking import NoAnswerError, Patience, ask
from tests.support.fake_aws import FakeAws
from tests.support.fake_hub_api import FakeHubApi
from tests.support.preflight_world import CALM, model, pool

BOTH = Needs(pools=pool().pools, models=model().models)


def test_an_answer_that_trickles_is_given_up_at_the_limit_and_what_came_is_kept(
    aws: FakeAws, hub: FakeHubApi
) -> None:
    aws.failures["DescribeInstances"] = "trickle"
    hub.failures["model"] = "trickle"
    patience = dataclasses.replace(CALM, total=8)
    said: list[str] = []
    report = preflight(BOTH, patience=patience, say=said.append)
    late = {found.check: found for found in report.unchecked}
    assert set(late) >= {"aws-quota", "hub-model", "hub-weights"}
    assert late["hub-model"].said == "no answer within 8 s"
    assert report.exit_code == 3
    assert any("G vCPUs on-demand in us-east-1" in line for line in said)
    assert any("acme/tiny@01234567" in line for line in said)


def test_no_time_at_all_is_no_answer_to_anything(aws: FakeAws, hub: FakeHubApi) -> None:
    report = preflight(BOTH, patience=dataclasses.replace(CALM, total=0))
    assert {found.reason for found in report.findings} == {"timeout"}
    assert len(report.findings) == 5


def test_a_plan_that_needs_nothing_online_asks_nothing() -> None:
    report = preflight(Needs())
    assert (report.findings, report.exit_code) == ((), 0)


@given(attempts=st.integers(1, 8), first=st.floats(0.01, 100))
def test_waits_grow_within_bounds_and_end(attempts: int, first: float) -> None:
    bounds: list[tuple[float, float]] = []
    calls = 0

    def call() -> None:
        nonlocal calls
        calls += 1
        raise TimeoutError

    def bounded(low: float, high: float) -> float:
        bounds.append((low, high))
        return 0.0

    with pytest.MonkeyPatch.context() as patch, pytest.raises(NoAnswerError) as caught:
        patch.setattr(random, "uniform", bounded)
        ask(
            call,
            lambda _: NoAnswerError("timeout", "late"),
            Patience(attempts=attempts, first_wait=first),
        )
    assert calls == attempts
    assert len(bounds) == attempts - 1
    assert all(0 < low < high <= 4 for low, high in bounds)
    assert [high for _, high in bounds] == sorted(high for _, high in bounds)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
