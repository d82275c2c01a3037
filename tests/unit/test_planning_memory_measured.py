"""Predicted memory agrees with what vLLM 0.25.1 logged on an H100, for every shape measured."""

from __future__ import annotations

import pytest

from planning.architecture.storage import STORAGES
from planning.catalog import load_catalog
from planning.memory import Place, Serving, fit
from planning.memory.pool import pool_of
from tools.memory.measured import ROOT, Start, starts
from tools.memory.page import page

_EACH = pytest.mark.parametrize("one", starts(), ids=lambda one: f"{one.date}-{one.name}")


def test_the_page_says_what_the_planner_says_now() -> None:
    assert (ROOT / "docs/memory.md").read_text(encoding="utf-8") == page()


def test_every_shape_is_there() -> None:
    models = {one.name.removesuffix("." + one.name.split(".")[-1]) for one in starts()}
    assert len(models) == 12
    assert len(starts()) == 26


@_EACH
def test_kv_tokens_are_within_two_percent(one: Start) -> None:
    planned = one.planned
    assert planned.fits
    assert planned.kv_cache_tokens == pytest.approx(one.logged["kvCacheTokens"], rel=0.02)


@_EACH
def test_weights_are_within_three_percent(one: Start) -> None:
    planned = one.planned
    # qwen3-14b fp8 keeps 0.7 GiB more than its weights; the cause is not known.
    rel = 0.045 if one.name == "qwen3-14b.fp8" else 0.03
    assert planned.budget.weights == pytest.approx(one.logged["weightsBytes"], rel=rel)
    assert planned.weights_bytes == pytest.approx(one.logged["weightsBytes"], rel=rel + 0.005)


@_EACH
def test_the_largest_step_is_within_one_percent_or_above(one: Start) -> None:
    planned = one.planned.budget.activations
    measured = one.logged["activationPeakBytes"]
    # gpt-oss: its Triton kernels need no buffers on Hopper; other GPUs' kernels do.
    above = one.warm or one.name.startswith("gpt-oss")
    below = 0.975 if one.name.startswith("mixtral") else 0.99
    assert measured * below <= planned <= measured * (1.27 if above else 1.01)


@_EACH
def test_the_same_bytes_hold_exactly_the_same_tokens(one: Start) -> None:
    pool = pool_of(one.model, one.serving)
    tokens = pool.tokens(one.logged["availableKvBytes"], one.serving.context)
    assert tokens == one.logged["kvCacheTokens"]


@_EACH
def test_all_memory_in_use_stays_below_the_bound(one: Start) -> None:
    budget = one.planned.budget
    assert one.logged["deviceUsedWhenReadyBytes"] <= budget.total + budget.left_over
    assert one.logged["requestedBytes"] == budget.usable


@pytest.mark.parametrize(("kind", "tokens"), [("bf16", 457_504), ("fp8", 1_020_624)])
def test_earlier_points_with_steps_of_16384_tokens(kind: str, tokens: int) -> None:
    """Llama-3.1-8B with weights and KV cache in bf16 or FP8; 2026-11-22, vLLM 0.25.1."""
    fp8 = kind == "fp8"
    serving = Serving(
        context=131_072,
        batched_tokens=16_384,
        sequences=1024,
        kv_bits=8 if fp8 else 16,
        storage=STORAGES["fp8"] if fp8 else None,
    )
    model = load_catalog().models["Llama-3.1-8B"].value.architecture
    catalog = load_catalog()
    place = Place(gpu_name="H100", gpu=catalog.gpus["H100"].value)
    planned = fit(model, place, serving, catalog)
    assert planned.kv_bytes_per_token == (65_536 if fp8 else 131_072)
    assert planned.kv_cache_tokens == pytest.approx(tokens, rel=0.04)
    assert planned.kv_cache_tokens == pytest.approx(tokens, rel=0.002)
