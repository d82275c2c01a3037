"""Figures of throughput: inside what was measured, with its interval; elsewhere a reason."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from planning.architecture.storage import STORAGES
from planning.catalog import load_catalog
from planning.throughput import Load, Performance, Range, estimate
from planning.throughput.estimate import FIGURES

CATALOG = load_catalog()


def load(model: str = "Llama-3.1-8B", gpu: str = "H100", **changes: Any) -> Load:
    usual: dict[str, Any] = {"concurrency": 64, "prompt": 512, "output": 256, "version": "0.25.1"}
    return Load(
        model=CATALOG.models[model].value.architecture,
        gpu=gpu,
        facts=CATALOG.gpus[gpu].value,
        **{**usual, **changes},
    )


def found(asked: Load) -> Performance:
    return estimate(asked, CATALOG.calibrations)


@pytest.mark.parametrize(
    ("visit", "ttft", "itl", "rate"), [(1, 45.2, 12.227, 5166), (2, 43.2, 10.85, 5847)]
)
def test_measured_loops_of_64_users_lie_in_the_interval(
    visit: int, ttft: float, itl: float, rate: float
) -> None:
    performance = found(load())
    for range_, seen in (
        (performance.ttft_ms, ttft),
        (performance.itl_ms, itl),
        (performance.output_tokens_per_second, rate),
    ):
        assert range_ is not None
        assert range_.low < seen < range_.high, visit
    assert performance.measured == "measured on vllm 0.25.1"


def test_95_percent_of_answers_keep_a_mean_gap() -> None:
    performance = found(load())
    assert performance.itl_p95_ms is not None
    assert performance.itl_p95_ms.low < 11.2 < performance.itl_p95_ms.high
    assert expected(performance.itl_p95_ms) > expected(performance.itl_ms)
    alone = found(load(concurrency=1))
    assert alone.itl_p95_ms is None
    assert "percentiles of one user alone" in alone.reasons["itl_p95_ms"]


def test_a_mixture_has_its_own_interval_and_no_first_token() -> None:
    performance = found(load("Qwen3-30B-A3B"))
    assert performance.output_tokens_per_second is not None
    rate = performance.output_tokens_per_second
    assert rate.low < 2303 < rate.high < 3 * rate.expected
    assert performance.ttft_ms is performance.ttft_p95_ms is performance.itl_p95_ms is None


def test_a_figure_without_a_tested_interval_has_a_reason() -> None:
    wide = "no estimate: its interval is too wide, or did not hold (docs/throughput.md)"
    for performance in (found(load()), found(load("Qwen3-30B-A3B"))):
        for name in FIGURES:
            assert (getattr(performance, name) is None) == (name in performance.reasons)
        assert set(performance.reasons.values()) == {wide}
    assert found(load()).reasons == {"ttft_p95_ms": wide}


@pytest.mark.parametrize(
    ("version", "said"),
    [("0.33.0", "deployed as 0.33.0"), (None, "deployed as a version that is not known")],
)
def test_another_version_is_told_beside_the_measured_one(version: str | None, said: str) -> None:
    assert found(load(version=version)).measured == f"measured on vllm 0.25.1, {said}"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"gpu": "L4"}, "vllm on L4 was not measured"),
        ({"engine": "tensorrt-llm"}, "tensorrt-llm on H100 was not measured"),
        ({"tensor_parallel": 2}, "measured on one GPU, not on 2 together"),
        (
            {"model": "Qwen3-30B-A3B", "prompt": 2048},
            "2,048 prompt tokens; measured are 512 to 1,0",
        ),
        ({"model": "Qwen3-30B-A3B", "concurrency": 256}, "256 concurrent requests; measured are 1"),
        ({"storage": STORAGES["awq"]}, "weights as awq with a KV cache of 16 bits"),
        ({"storage": STORAGES["fp8"]}, "weights as fp8 with a KV cache of 16 bits"),
        ({"model": "gemma-3-12b-it", "prompt": 2048}, "a window of 1,024 tokens"),
        (
            {"model": "SmolLM2-135M-Instruct"},
            "134,515,008 parameters; measured are 1,720,574,976 to",
        ),
        ({"model": "Llama-3.1-70B"}, "parameters; measured are"),
        ({"concurrency": 257}, "257 concurrent requests; measured are 1 to 256"),
        ({"prompt": 100}, "100 prompt tokens; measured are 512 to 4,096"),
        ({"output": 16}, "answers of 16 tokens; measured are 128 and more"),
        ({"output": 8000}, "8,512 tokens a request; measured are up to 4,224"),
        ({"prompt": 4000, "output": 200}, "268,800 tokens in the KV cache"),
        ({"kv_cache_tokens": 40_000}, "requests would wait for the KV cache"),
    ],
)
def test_outside_what_was_measured_there_is_no_estimate(
    changes: dict[str, Any], reason: str
) -> None:
    performance = found(load(**changes))
    assert performance.itl_ms is None
    assert performance.measured is None
    assert tuple(performance.reasons) == FIGURES
    for said in performance.reasons.values():
        assert said.startswith("no estimate: ")
        assert reason in said


def test_more_users_wait_longer_and_get_more_together() -> None:
    ranges = [found(load(concurrency=users)) for users in (1, 2, 8, 32, 64, 128, 256)]
    for fewer, more in pairwise(ranges):
        assert expected(fewer.itl_ms) < expected(more.itl_ms)
        rates = fewer.output_tokens_per_second, more.output_tokens_per_second
        assert expected(rates[0]) < expected(rates[1])


def test_less_to_read_is_faster() -> None:
    plain = load()
    small = replace(plain, storage=STORAGES["fp8"], kv_bits=8)
    assert expected(found(small).itl_ms) < expected(found(plain).itl_ms)
    longer = found(load(prompt=1024))
    assert expected(found(plain).itl_ms) < expected(longer.itl_ms)


def test_the_ends_of_a_range_are_a_factor_apart() -> None:
    for performance in (found(load()), found(load(concurrency=1))):
        for range_ in (performance.itl_ms, performance.output_tokens_per_second):
            assert range_ is not None
            assert range_.expected**2 == pytest.approx(range_.low * range_.high)
            assert range_.high / range_.expected <= 1.35


def expected(range_: Range | None) -> float:
    assert range_ is not None
    return range_.expected
