"""Weight bytes against checkpoints' own sums and sizes that others measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.architecture import read_architecture
from planning.architecture.files import read_model_files
from planning.architecture.kv import kv_bytes, kv_bytes_per_gpu, kv_bytes_per_token
from planning.architecture.storage import STORAGES
from planning.architecture.weights import weight_bytes
from planning.catalog import load_catalog
from tests.unit.test_architecture_shapes import LLAMA

GIB = 1 << 30
# `metadata.total_size` of the publisher's model.safetensors.index.json: exact.
INDEXES = {
    "Llama-3.1-8B": 16_060_522_496,
    "Qwen2.5-7B-Instruct": 15_231_233_024,
    "Qwen3-30B-A3B": 61_064_245_248,
    "Mixtral-8x7B-v0.1": 93_405_585_408,
    "gemma-2-9b-it": 18_483_411_968,
    "gpt-oss-20b": 13_761_264_768,
}
# Rounded or measured: checkpoint sizes of arXiv 2508.10925 table 1; what vLLM 0.25.1 reported for
# the shape on an H100 on 2026-11-22, in bf16 and with online FP8; vllm-project/vllm#17327.
MEASURED = [
    ("gpt-oss-120b", None, 60.8),
    ("gpt-oss-20b", None, 12.8),
    ("Llama-3.1-8B", "bf16", 15.0),
    ("Llama-3.1-8B", "fp8", 8.54),
    ("Qwen3-30B-A3B", "w4a16", 15.68),
]
W4A16 = {
    "quant_method": "compressed-tensors",
    "config_groups": {
        "group_0": {
            "targets": ["Linear"],
            "weights": {"num_bits": 4, "strategy": "group", "group_size": 128, "symmetric": True},
        }
    },
    "ignore": ["lm_head", "re:.*mlp.gate$"],
}


@pytest.mark.parametrize(("name", "size"), INDEXES.items())
def test_a_checkpoint_is_as_large_as_its_own_index_says(name: str, size: int) -> None:
    assert weight_bytes(load_catalog().models[name].value.architecture) == size


@pytest.mark.parametrize(("name", "stored", "gib"), MEASURED)
def test_weights_are_as_large_as_others_report(name: str, stored: str | None, gib: float) -> None:
    row = load_catalog().models[name].value
    if stored == "w4a16":
        size = weight_bytes(read_architecture({**row.config, "quantization_config": W4A16}))
    else:
        size = weight_bytes(row.architecture, STORAGES[stored] if stored else None)
    assert size / GIB == pytest.approx(gib, rel=0.03)


@pytest.mark.parametrize(
    ("quantization", "bits"),
    [
        ({"quant_method": "fp8", "weight_block_size": [128, 128]}, 8 + 32 / 128**2),
        ({"quant_method": "awq", "bits": 4, "group_size": 128}, 4 + 20 / 128),
        ({"quant_method": "gptq", "bits": 4, "group_size": 128}, 4 + 20 / 128),
        ({"quant_method": "gptq", "bits": 8, "group_size": -1}, 8),
        ({"quant_method": "bitsandbytes", "load_in_4bit": True}, 4 + 32 / 64),
        (
            {
                "quant_method": "bitsandbytes",
                "load_in_4bit": True,
                "bnb_4bit_use_double_quant": True,
            },
            4 + (8 + 32 / 256) / 64,
        ),
        ({"quant_method": "bitsandbytes", "load_in_8bit": True}, 8),
        ({"quant_method": "fbgemm_fp8"}, 8),
        ({"quant_algo": "NVFP4"}, 4 + 8 / 16),
        (W4A16, 4 + 16 / 128),
    ],
)
def test_a_quantised_matrix_takes_its_bits_and_scales(
    quantization: dict[str, Any], bits: float
) -> None:
    model = read_architecture({**LLAMA, "quantization_config": quantization})
    packed = sum(tensor.numbers for tensor in model.tensors if tensor.kind == "matrix")
    plain = model.parameters - packed
    assert weight_bytes(model) == pytest.approx(packed * bits / 8 + plain * 2, rel=0.002)


@pytest.mark.parametrize(
    "kept", ["model.layers.0", "re:model.layers.0.*", "model.layers.0.*", "model.layers.0.mlp"]
)
def test_modules_that_the_publisher_kept_stay_plain(kept: str) -> None:
    quantised = {"quant_method": "fp8", "weight_block_size": [128, 128]}
    every = weight_bytes(read_architecture({**LLAMA, "quantization_config": quantised}))
    some = {**quantised, "modules_to_not_convert": [kept]}
    assert weight_bytes(read_architecture({**LLAMA, "quantization_config": some})) > every


def test_only_experts_are_mxfp4() -> None:
    model = load_catalog().models["gpt-oss-20b"].value.architecture
    packed = {t.module for t in model.tensors if model.storage.packs(t.module, head=False)}
    assert packed
    assert all(".experts." in module for module in packed)


def test_the_index_beside_the_config_counts(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps(LLAMA))
    assert weight_bytes(read_model_files(tmp_path / "config.json")) == 16_060_522_496
    (tmp_path / "model.safetensors.index.json").write_text('{"metadata": {"total_size": 12345}}')
    model = read_model_files(tmp_path / "config.json")
    assert weight_bytes(model) == 12345
    assert weight_bytes(model, STORAGES["bf16"]) == 16_060_522_496


def test_the_header_of_one_file_is_added_up(tmp_path: Path) -> None:
    header = json.dumps(
        {
            "__metadata__": {"format": "pt"},
            "a": {"dtype": "BF16", "shape": [4], "data_offsets": [0, 8]},
            "b": {"dtype": "F32", "shape": [2], "data_offsets": [8, 16]},
        }
    ).encode()
    (tmp_path / "config.json").write_text(json.dumps(LLAMA))
    (tmp_path / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header)
    assert weight_bytes(read_model_files(tmp_path / "config.json")) == 16


def test_the_quantisation_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps(LLAMA))
    beside = {"quantization": {"quant_algo": "FP8", "exclude_modules": ["lm_head"]}}
    (tmp_path / "hf_quant_config.json").write_text(json.dumps(beside))
    assert read_model_files(tmp_path / "config.json").storage.method == "modelopt"


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(load_catalog().models)),
    st.integers(1, 200_000),
    st.integers(0, 200_000),
    st.sampled_from([8, 16, 32]),
    st.sampled_from([1, 2, 4, 8, 16]),
)
def test_more_context_wider_numbers_and_fewer_gpus_never_need_less(
    name: str, context: int, more: int, bits: int, gpus: int
) -> None:
    model = load_catalog().models[name].value.architecture
    assert kv_bytes(model, context, bits) <= kv_bytes(model, context + more, bits)
    assert kv_bytes(model, context, bits) < kv_bytes(model, context, bits * 2)
    assert kv_bytes_per_gpu(model, gpus * 2, bits) <= kv_bytes_per_gpu(model, gpus, bits)
    assert gpus * kv_bytes_per_gpu(model, gpus, bits) >= kv_bytes_per_token(model, bits) * (
        model.kv_heads % gpus == 0
    )


@pytest.mark.parametrize("name", sorted(load_catalog().models))
def test_fewer_bits_never_take_more_room(name: str) -> None:
    model = load_catalog().models[name].value.architecture
    sizes = [weight_bytes(model, STORAGES[kind]) for kind in ("awq", "fp8", "bf16", "fp32")]
    assert sizes == sorted(sizes)
    assert weight_bytes(model, STORAGES["nvfp4"]) < weight_bytes(model, STORAGES["fp8"])
