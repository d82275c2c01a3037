"""What is true of every choice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.choice import Candidate, Demand, Wanted, choose
from planning.choice.rank import less_exact
from planning.memory.pool import pool_of
from tests.support.choice import CATALOG, TODAY, chosen, model, wish

_MODELS = ("Llama-3.1-8B", "gpt-oss-20b", "DeepSeek-V2-Lite", "gemma-3-12b-it")
_demands = st.builds(
    Demand,
    requests_per_second=st.floats(0.1, 300),
    prompt_tokens=st.integers(512, 2048),
    output_tokens=st.integers(128, 512),
    itl_ms=st.one_of(st.none(), st.floats(5, 100)),
    percentile=st.sampled_from(["p50", "p95"]),
)
_wishes = st.builds(
    wish,
    target=st.sampled_from(["eks", "kubernetes", "hf-endpoint"]),
    gpu=st.sampled_from(["L4", "L40S", "H100", "A100-80"]),
    quantization=st.sampled_from([None, "bf16", "fp8"]),
    context=st.integers(512, 40_000),
    concurrency=st.integers(1, 64),
    demand=st.one_of(st.none(), _demands),
)


@settings(max_examples=25, deadline=None)
@given(name=st.sampled_from(_MODELS), wanted=_wishes)
def test_a_choice_is_sound(name: str, wanted: Wanted) -> None:
    shape = model(name)
    found = choose(shape, wanted, CATALOG, TODAY)
    assert found == choose(shape, wanted, CATALOG, TODAY)
    fits = [one.fits for one in found.candidates]
    assert fits == sorted(fits, reverse=True)
    for one in found.candidates:
        if one.fits:
            _fits_everywhere(one, wanted, name)
    if found.best is not None:
        assert found.best.fits
        equals = [one for one in found.candidates if not less_exact(one, wanted)]
        assert not any(_dominates(one, found.best) for one in equals)


def _fits_everywhere(one: Candidate, wanted: Wanted, name: str) -> None:
    assert one.fit is not None and one.serving is not None
    assert one.fit.budget.total <= one.fit.budget.visible
    pool = pool_of(model(name), one.serving)
    needed = pool.request_bytes(wanted.context) * wanted.concurrency
    assert needed <= one.fit.budget.kv_cache
    assert one.gpus_per_replica * one.replicas_per_node <= one.gpus_per_node * one.nodes_per_replica
    if one.host and one.host.memory_there is not None:
        assert one.host.memory_needed <= one.host.memory_there


def _dominates(one: Candidate, best: Candidate) -> bool:
    """Cheaper, and no predicted figure is worse or missing."""
    if not one.fits or one.monthly_usd is None or best.monthly_usd is None:
        return False
    if one.monthly_usd[1] >= best.monthly_usd[1]:
        return False
    if best.standing in ("proven", "partly") and one.standing not in ("proven", "partly"):
        return False
    ours, theirs = one.performance, best.performance
    for figure in ("ttft_ms", "itl_ms"):
        mine, other = getattr(ours, figure), getattr(theirs, figure)
        if other is not None and (mine is None or mine.expected > other.expected):
            return False
    return True


@settings(max_examples=15, deadline=None)
@given(
    name=st.sampled_from(_MODELS),
    wanted=_wishes,
    more=st.integers(1, 20_000),
)
def test_asking_for_more_never_costs_less(name: str, wanted: Wanted, more: int) -> None:
    shape = model(name)
    least = choose(shape, replace(wanted, demand=None), CATALOG, TODAY).best
    context = min(wanted.context + more, shape.max_context)
    longer = replace(wanted, demand=None, context=max(context, wanted.context))
    crowded = replace(wanted, demand=None, concurrency=wanted.concurrency + more)
    for asked in (longer, crowded):
        found = choose(shape, asked, CATALOG, TODAY).best
        if found is None:
            continue
        assert least is not None
        if found.monthly_usd and least.monthly_usd:
            assert found.monthly_usd[1] >= least.monthly_usd[1]


@settings(max_examples=15, deadline=None)
@given(wanted=_wishes, times=st.floats(1, 20))
def test_more_requests_never_need_fewer_replicas(wanted: Wanted, times: float) -> None:
    if wanted.demand is None:
        return
    fewer = choose(model("Llama-3.1-8B"), replace(wanted, gpu="H100"), CATALOG, TODAY)
    rate = wanted.demand.requests_per_second * times
    demand = replace(wanted.demand, requests_per_second=rate)
    more = choose(model("Llama-3.1-8B"), replace(wanted, gpu="H100", demand=demand), CATALOG, TODAY)
    counts = {_place(one): one.replicas for one in fewer.candidates}
    assert all(one.replicas >= counts[_place(one)] for one in more.candidates)


def _place(one: Candidate) -> tuple[object, ...]:
    where = one.instance or one.hf_hardware or (one.gpus_per_node, one.nodes_per_replica)
    return (where, one.engine_version, one.quantization, one.kv_bits, one.gpus_per_replica)


@pytest.mark.parametrize("capacity", ["on-demand", "spot", "capacity-block"])
def test_what_has_no_price_is_never_first_among_the_priced(capacity: str) -> None:
    found = chosen("Qwen3-8B", gpu="H200", capacity=capacity)
    unpriced = [one.monthly_usd is None for one in found.candidates if one.fits]
    assert unpriced == sorted(unpriced)
    assert all((one.usd_per_hour is None) == (one.unpriced is not None) for one in found.candidates)
    assert not any(one.usd_per_hour == 0 for one in found.candidates)
    # p5e has no list price anywhere: nobody is told to take it.
    assert found.best is None or found.best.instance == "p5en.48xlarge"


def test_deprecated_hardware_is_never_the_best() -> None:
    found = chosen("Llama-3.1-8B", target="hf-endpoint", hf_vendor="aws")
    kept = {name for name, row in CATALOG.hf_hardware.items() if row.value.status == "listed"}
    assert found.best is not None and found.best.hf_hardware in kept
    listed = [one for one in found.candidates if one.hf_hardware not in kept]
    assert listed and not any(one.fits for one in listed)
