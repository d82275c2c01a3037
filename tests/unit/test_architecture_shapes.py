"""KV cache, experts, windows and context of each shape, against figures that others publish."""

from __future__ import annotations

from typing import Any

import pytest

from planning.architecture import Architecture, read_architecture
from planning.architecture.kv import (
    kv_bytes,
    kv_bytes_beyond_window,
    kv_bytes_per_gpu,
    kv_bytes_per_token,
    splits_evenly,
)
from planning.catalog import load_catalog

LLAMA: dict[str, Any] = {
    "model_type": "llama",
    "hidden_size": 4096,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "intermediate_size": 14336,
    "vocab_size": 128256,
    "max_position_embeddings": 131072,
}


def test_llama_keeps_a_key_and_a_value_of_8_heads() -> None:
    assert kv_bytes_per_token(_row("Llama-3.1-8B")) == 131_072
    assert kv_bytes_per_token(_row("Llama-3.1-8B"), bits=8) == 65_536


def test_deepseek_keeps_one_latent_on_every_gpu() -> None:
    model = _row("DeepSeek-V3")
    assert kv_bytes_per_token(model) == 61 * (512 + 64) * 2
    assert kv_bytes_per_gpu(model, 8) == kv_bytes_per_token(model)
    assert model.kv_heads == 1
    assert splits_evenly(model, 8)


def test_gemma_3_keeps_all_tokens_in_each_sixth_layer_only() -> None:
    model = _row("gemma-3-27b-it")
    layer = 2 * 16 * 128 * 2
    assert kv_bytes_per_token(model) == 62 * layer
    assert kv_bytes_beyond_window(model) == 10 * layer
    assert kv_bytes(model, 10_000) == (10 * 10_000 + 52 * 1024) * layer


def test_gpt_oss_slides_in_every_other_layer() -> None:
    model = _row("gpt-oss-120b")
    layer = 2 * 8 * 64 * 2
    assert kv_bytes_per_token(model) == 36 * layer
    assert kv_bytes_beyond_window(model) == 18 * layer
    assert {cache.window for cache in model.caches} == {128, None}


def test_llama_4_keeps_chunks_but_in_each_fourth_layer() -> None:
    model = _row("Llama-4-Scout-17B-16E-Instruct")
    assert [(cache.layers, cache.window) for cache in model.caches] == [(36, 8192), (12, None)]


@pytest.mark.parametrize(("gpus", "bytes_each"), [(1, 131_072), (2, 65_536), (8, 16_384)])
def test_kv_heads_are_divided_between_gpus(gpus: int, bytes_each: int) -> None:
    assert kv_bytes_per_gpu(_row("Llama-3.1-8B"), gpus) == bytes_each


def test_a_kv_head_is_copied_where_there_are_more_gpus_than_heads() -> None:
    model = _row("Llama-3.1-8B")
    assert kv_bytes_per_gpu(model, 16) == kv_bytes_per_gpu(model, 8)
    assert splits_evenly(model, 16)
    assert not splits_evenly(model, 6)


# Totals and active parameters as the publishers name them: arXiv 2508.10925 table 1, 2412.19437,
# 2401.04088, 2507.20534, 2508.06471, the model cards of Qwen3 and Llama 4.
@pytest.mark.parametrize(
    ("name", "total", "active", "tolerance"),
    [
        ("gpt-oss-120b", 116.83, 5.13, 0.001),
        ("gpt-oss-20b", 20.91, 3.61, 0.001),
        ("DeepSeek-V3", 671, 37, 0.02),
        ("Mixtral-8x7B-v0.1", 47, 13, 0.03),
        ("Qwen3-30B-A3B", 30.5, 3.3, 0.1),
        ("Kimi-K2-Instruct", 1040, 32, 0.02),
        ("GLM-4.5", 355, 32, 0.03),
        ("Llama-4-Scout-17B-16E-Instruct", 109, 17, 0.06),
    ],
)
def test_total_and_active_parameters_are_the_published_ones(
    name: str, total: float, active: float, tolerance: float
) -> None:
    model = _row(name)
    assert model.parameters / 1e9 == pytest.approx(total, rel=tolerance)
    assert model.active_parameters / 1e9 == pytest.approx(active, rel=tolerance)


@pytest.mark.parametrize(
    ("scaling", "longest"),
    [
        (None, 131_072),
        ({"rope_type": "llama3", "factor": 8.0}, 131_072),
        ({"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}, 131_072),
        ({"type": "linear", "factor": 2.0}, 262_144),
        ({"type": "dynamic", "factor": None}, 131_072),
    ],
)
def test_only_plain_scaling_stretches_the_context(scaling: object, longest: int) -> None:
    assert read_architecture({**LLAMA, "rope_scaling": scaling}).max_context == longest


def test_a_window_longer_than_the_context_is_none() -> None:
    values = LLAMA | {"model_type": "mistral", "sliding_window": 262_144}
    assert [cache.window for cache in read_architecture(values).caches] == [None]


def test_a_text_part_may_be_tied_beside_itself() -> None:
    values = {"model_type": "mistral3", "text_config": {**LLAMA, "model_type": "mistral"}}
    untied = read_architecture(values)
    tied = read_architecture({**values, "tie_word_embeddings": True})
    assert untied.parameters - tied.parameters == 128256 * 4096


def test_a_vision_tower_is_named_as_not_counted() -> None:
    assert _row("gemma-3-4b-it").uncounted == ("vision_config",)
    assert _row("gemma-3-1b-it").uncounted == ()


def _row(name: str) -> Architecture:
    return load_catalog().models[name].value.architecture
