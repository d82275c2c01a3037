"""Replicas follow from traffic where speed is predicted, and from nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from planning.choice import Candidate, Demand
from planning.choice.demand import holds
from planning.throughput import Performance, Range, estimate
from planning.throughput.load import Load
from tests.support.choice import CATALOG, best, chosen, model

ON_H100: dict[str, Any] = {"instance": "p5.4xlarge", "quantization": "bf16", "kv_bits": 16}


def _demand(rate: float, **asked: Any) -> Demand:
    return Demand(requests_per_second=rate, prompt_tokens=512, output_tokens=256, **asked)


def _at(users: int) -> Performance:
    return estimate(
        Load(
            model=model("Llama-3.1-8B"),
            gpu="H100",
            facts=CATALOG.gpus["H100"].value,
            version="0.33.0",
            concurrency=users,
            prompt=512,
            output=256,
        ),
        CATALOG.calibrations,
    )


def _carried(one: Candidate) -> float:
    tokens = one.performance.output_tokens_per_second
    assert tokens is not None
    return tokens.low * one.replicas[1] / 256


@pytest.mark.parametrize("rate", [0.1, 20, 60, 500])
def test_as_many_replicas_as_the_slow_end_needs_and_no_more(rate: float) -> None:
    one = best("Llama-3.1-8B", **ON_H100, demand=_demand(rate, itl_ms=40))
    assert one.standing == "proven"
    assert _carried(one) >= rate
    limit = max(n for n in range(1, 257) if _at(n).output_tokens_per_second and _holds(n))
    tokens = _at(limit).output_tokens_per_second
    assert tokens is not None
    assert one.replicas[1] == -(-rate * 256 // tokens.low)


def _holds(users: int) -> bool:
    return holds(_at(users), _demand(1, itl_ms=40))


def test_a_replica_is_looked_at_with_the_requests_that_are_in_flight() -> None:
    one = best("Llama-3.1-8B", **ON_H100, demand=_demand(20))
    fewer = _at(one.concurrency_per_replica - 1).output_tokens_per_second
    assert _carried(one) >= 20 and fewer is not None and fewer.low / 256 < 20
    assert one.performance == _at(one.concurrency_per_replica)


def test_a_stricter_limit_needs_more_replicas() -> None:
    counts = [
        best("Llama-3.1-8B", **ON_H100, demand=_demand(100, itl_ms=limit)).replicas[1]
        for limit in (60, 30, 15, 12)
    ]
    assert counts == sorted(counts) and counts[0] < counts[-1]


def test_without_a_prediction_replicas_are_not_guessed() -> None:
    one = best("Llama-3.1-8B", instance="g6.12xlarge", demand=_demand(500, itl_ms=40))
    assert (one.replicas, one.standing) == ((1, 1), "unknown")
    (margin,) = one.slo
    assert (margin.share, margin.verdict) == (None, "not predicted")
    assert "no estimate" in margin.reason
    assert one.usd_per_million_output_tokens is None
    assert "no estimate" in one.usd_per_million_reason
    given = best("Llama-3.1-8B", instance="g6.12xlarge", replicas=(2, 5), demand=_demand(500))
    assert given.replicas == (2, 5)


def test_a_limit_of_a_percentile_is_compared_only_where_the_median_breaks_it() -> None:
    (loose,) = best("Llama-3.1-8B", **ON_H100, demand=_demand(1, itl_ms=40, percentile="p99")).slo
    assert loose.verdict == "not predicted" and "p99 is no shorter" in loose.reason
    assert loose.share is not None and loose.share.low > 0
    tight = best("Llama-3.1-8B", **ON_H100, demand=_demand(1, itl_ms=2, percentile="p99"))
    assert tight.slo[0].verdict == "broken" and tight.standing == "broken"
    assert tight.fits


def test_a_limit_inside_the_interval_is_open() -> None:
    seen = _at(1).itl_ms
    assert seen is not None
    one = best("Llama-3.1-8B", **ON_H100, demand=_demand(0.1, itl_ms=seen.expected))
    assert (one.slo[0].verdict, one.standing) == ("open", "broken")
    margin = one.slo[0].share
    assert margin is not None
    assert margin.low < 0 < margin.high and margin.expected == pytest.approx(0)


def test_a_first_token_without_interval_is_named_with_its_reason() -> None:
    one = best("Llama-3.1-8B", **ON_H100, demand=_demand(1, ttft_ms=500, itl_ms=40))
    verdicts = {margin.figure: margin.verdict for margin in one.slo}
    predicted = one.performance.ttft_ms is not None
    assert verdicts["itl_ms"] == "holds"
    assert one.standing == ("proven" if predicted else "partly")
    assert predicted or one.slo[0].reason == one.performance.reasons["ttft_ms"]


def test_fixed_replicas_that_are_too_few_are_said_with_how_many_would_do() -> None:
    one = best("Llama-3.1-8B", **ON_H100, replicas=(1, 2), demand=_demand(500, itl_ms=40))
    assert one.replicas == (1, 2) and one.standing == "broken" and one.fits
    (problem,) = [p for p in one.problems if p.code == "demand-above-capacity"]
    needed = best("Llama-3.1-8B", **ON_H100, demand=_demand(500, itl_ms=40)).replicas[1]
    assert problem.fixes == (f"write replicas: {needed}",)
    cost = one.usd_per_million_output_tokens
    assert cost is not None and cost.low < cost.expected < cost.high


def test_dollars_of_a_million_tokens_are_those_of_the_demand() -> None:
    one = best("Llama-3.1-8B", **ON_H100, demand=_demand(20))
    asked = 20 * 256 * 3600 / 1e6
    exact = pytest.approx(6.88 / asked)
    assert one.usd_per_million_output_tokens == Range(low=exact, expected=exact, high=exact)


def test_what_is_predicted_to_carry_the_demand_comes_before_what_is_cheaper() -> None:
    found = chosen("Llama-3.1-8B", quantization="bf16", demand=_demand(20, itl_ms=40))
    assert found.best is not None and found.best.instance == "p5.4xlarge"
    standings = [one.standing for one in found.candidates if one.fits]
    assert standings[0] == "proven" and "unknown" in standings
    first = standings.index("unknown")
    assert set(standings[:first]) == {"proven"} and "proven" not in standings[first:]
