"""A config.json that is not known for sure is refused, and says which key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.architecture import ArchitectureError, read_architecture
from planning.architecture.files import read_model_files
from planning.architecture.read import known_types
from tests.unit.test_architecture_shapes import LLAMA


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("nemotron_h", "state-space or linear-attention layers"),
        ("qwen3_5_moe", "state-space or linear-attention layers"),
        ("deepseek_v32", "an index for sparse attention"),
        ("gemma4", "KV caches that layers share"),
        ("no_such_model", '"no_such_model"'),
        ("", "nothing"),
    ],
)
def test_an_unknown_architecture_is_refused_by_name(kind: str, reason: str) -> None:
    problem = _refusal({**LLAMA, "model_type": kind})
    assert (problem.path, problem.code) == ("model_type", "architecture-unknown")
    assert reason in problem.got
    assert "llama" in problem.allowed


def test_a_mistyped_type_gets_the_nearest_one() -> None:
    assert "write llama, if the model is one" in _refusal({**LLAMA, "model_type": "lama"}).fixes


@pytest.mark.parametrize("key", sorted(set(LLAMA) - {"model_type", "num_key_value_heads"}))
def test_a_missing_key_is_named(key: str) -> None:
    problem = _refusal({name: value for name, value in LLAMA.items() if name != key})
    assert (problem.path, problem.code, problem.got) == (key, "config-key-missing", "nothing")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hidden_size", "4096"),
        ("num_hidden_layers", 0),
        ("num_hidden_layers", True),
        ("num_attention_heads", 7),
        ("num_key_value_heads", 5),
        ("vocab_size", -1),
        ("intermediate_size", 1.5),
        ("tie_word_embeddings", "no"),
        ("rope_scaling", "yarn"),
        ("torch_dtype", "int4"),
        ("architectures", "LlamaForCausalLM"),
        ("quantization_config", []),
    ],
)
def test_a_wrong_value_is_named(key: str, value: object) -> None:
    assert _refusal({**LLAMA, key: value}).path.startswith(key)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from([*LLAMA, "text_config", "quantization_config", "rope_scaling", "dtype"]),
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text())
        ),
    ),
    st.sampled_from([*known_types(), "llama"]),
)
def test_no_config_crashes_the_reader(values: dict[str, Any], kind: str) -> None:
    for config in (values, {**LLAMA, **values, "model_type": kind}):
        try:
            read_architecture(config)
        except ArchitectureError as error:
            assert error.problem.path and error.problem.allowed and error.problem.fixes


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_no_object_is_a_problem(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "config.json").write_bytes(text)
    with pytest.raises(ArchitectureError, match=r"config\.json"):
        read_model_files(tmp_path / "config.json")


def test_an_absent_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ArchitectureError, match="No such file"):
        read_model_files(tmp_path / "config.json")


def test_an_index_without_a_size_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps(LLAMA))
    (tmp_path / "model.safetensors.index.json").write_text('{"metadata": {}}')
    with pytest.raises(ArchitectureError, match="total_size"):
        read_model_files(tmp_path / "config.json")


def _refusal(values: dict[str, Any]):
    with pytest.raises(ArchitectureError) as refused:
        read_architecture(values)
    return refused.value.problem
