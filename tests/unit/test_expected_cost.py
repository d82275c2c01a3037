"""The expected month: between the fewest and the most replicas, by traffic and assumptions."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.plan import make_plan
from planning.problems import SettingsError
from planning.report.build import plan_document
from planning.stackfile import load_settings

TODAY = datetime.date(2026, 8, 21)
MODEL = {"source": f"hf:Qwen/Qwen3-4B@{'0' * 40}", "maxContext": 8192}
T4 = {"hardware": "aws/nvidia-t4/x1"}
HOURS = 730


def test_the_advanced_example_of_the_price_page_is_right_to_the_cent() -> None:
    """hf-endpoints-documentation, support/pricing.md (6b7307ab): one T4 at $0.5 an hour, from 1 to
    3 replicas for 15 minutes of every hour: $547.5 a month."""
    cost = _cost(scaling={"replicas": "1..3"}, traffic={"peakShare": 0.25}, huggingFace=T4)
    assert f"{cost['expectedMonthlyUsd']:.2f}" == "547.50"
    assert cost["expectedReplicas"] == 1.5
    assert (cost["minimumMonthlyUsd"], cost["estimatedMonthlyUsd"]) == (365.0, 1095.0)


def test_a_fixed_number_of_replicas_costs_what_it_costs() -> None:
    cost = _cost(scaling={"replicas": 2}, huggingFace=T4)
    assert cost["minimumMonthlyUsd"] == cost["expectedMonthlyUsd"] == cost["estimatedMonthlyUsd"]


def test_rare_requests_pay_for_starts_and_waits() -> None:
    """One request in an hour, 15 minutes of waiting, 300 s of start."""
    rate, wait, start = 1 / 3600, 900.0, 300.0
    served = start + (math.exp(rate * wait) - 1) / rate
    share = served / (served + 1 / rate)
    cost = _resting(rate)
    assert cost["expectedReplicas"] == pytest.approx(share)
    assert cost["expectedMonthlyUsd"] == pytest.approx(0.5 * HOURS * share)
    assert cost["minimumMonthlyUsd"] == 0
    said = " ".join(cost["expectedBecause"])
    assert "round the clock" in said and "15m after a request" in said and "300 s" in said


def test_a_wait_that_nobody_states_is_the_services_own() -> None:
    cost = _resting(1 / 3600, scaling={})
    assert "3,600 s after a request" in " ".join(cost["expectedBecause"])


@given(st.floats(1e-7, 1e4))
def test_more_requests_never_cost_less_and_stay_between_the_ends(rate: float) -> None:
    less, more = _resting(rate), _resting(min(rate * 2, 1e6))
    assert 0 <= less["expectedMonthlyUsd"] <= more["expectedMonthlyUsd"] + 1e-9
    assert more["expectedMonthlyUsd"] <= more["estimatedMonthlyUsd"] + 1e-9


@pytest.mark.parametrize(
    ("replicas", "traffic", "said"),
    [
        ("0..1", {}, "state traffic.requestsPerSecond"),
        ("1..4", {"requestsPerSecond": 5}, "state traffic.peakShare"),
        ("0..4", {"requestsPerSecond": 5}, "state traffic.peakShare"),
    ],
)
def test_what_is_not_known_is_null_and_says_what_to_state(
    replicas: str, traffic: dict[str, Any], said: str
) -> None:
    cost = _cost(scaling={"replicas": replicas}, traffic=traffic, huggingFace=T4)
    assert cost["expectedMonthlyUsd"] is None and cost["expectedReplicas"] is None
    assert said in " ".join(cost["expectedBecause"])


@pytest.mark.parametrize("state", ["paused", "scaledToZero"])
def test_an_endpoint_that_is_declared_at_rest_costs_nothing(state: str) -> None:
    cost = _cost(scaling={"replicas": "0..2"}, huggingFace={**T4, "state": state})
    assert cost["expectedMonthlyUsd"] == 0
    assert cost["expectedBecause"] == [f"declared {state}: not billed"]


def test_the_mean_rate_decides_where_one_replica_is_predicted() -> None:
    """On hardware whose speed was measured, no peak need be stated."""
    traffic = {"requestsPerSecond": 20, "promptTokens": 512, "outputTokens": 256}
    cost = _cost(
        model={"source": f"hf:Qwen/Qwen3-4B@{'0' * 40}", "maxContext": 2048},
        scaling={"replicas": "1..4"},
        traffic=traffic,
        huggingFace={"hardware": "gcp/nvidia-h100/x1"},
    )
    assert cost["expectedReplicas"] in (1, 2, 3, 4)
    assert "by the prediction of one replica" in cost["expectedBecause"][0]


def test_a_peak_without_a_range_is_refused() -> None:
    with pytest.raises(SettingsError, match="peak-unused"):
        _cost(scaling={"replicas": 2}, traffic={"peakShare": 0.5}, huggingFace=T4)


def _resting(rate: float, **section: Any) -> dict[str, Any]:
    about = {"scaling": {"scaleToZeroAfter": "15m"}, **section}
    return _cost(
        scaling={"replicas": "0..1"},
        traffic={"requestsPerSecond": rate},
        huggingFace={**T4, **about},
    )


def _cost(**sections: Any) -> dict[str, Any]:
    settings = load_settings({"target": "hf-endpoint", "model": MODEL, **sections}, origin="test")
    cost = plan_document(make_plan(settings, stack="test", today=TODAY)).cost
    assert cost is not None
    return cost.model_dump(mode="json", by_alias=True)
