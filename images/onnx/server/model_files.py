"""What the server reads of a model artefact besides the graph."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """From genai_config.json."""

    graph: Path
    layers: int
    kv_heads: int
    head_size: int
    vocab_size: int
    context_length: int
    end_ids: frozenset[int]


def read_model_config(directory: Path) -> ModelConfig:
    """Raises FileNotFoundError or ValueError with the file and the key that is wrong."""
    path = directory / "genai_config.json"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: not there; --model-dir must be a converted model")
    try:
        model: dict[str, Any] = json.loads(path.read_text())["model"]
        decoder: dict[str, Any] = model["decoder"]
        ends: int | list[int] = model["eos_token_id"]
        return ModelConfig(
            graph=directory / decoder["filename"],
            layers=decoder["num_hidden_layers"],
            kv_heads=decoder["num_key_value_heads"],
            head_size=decoder["head_size"],
            vocab_size=model["vocab_size"],
            context_length=model["context_length"],
            end_ids=frozenset([ends] if isinstance(ends, int) else ends),
        )
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(
            f"{path}: not a model description of onnxruntime-genai: {error!r}"
        ) from error


def read_special_tokens(directory: Path) -> dict[str, str]:
    """`bos_token`, `eos_token` and so on, as chat templates name them."""
    config = _tokenizer_config(directory)
    special = {
        name: config.get(name) for name in ("bos_token", "eos_token", "pad_token", "unk_token")
    }
    return {
        name: value["content"] if isinstance(value, dict) else value
        for name, value in special.items()
        if value is not None
    }


def read_chat_template(directory: Path) -> str | None:
    """The model's Jinja chat template; None for a model that has none."""
    path = directory / "chat_template.jinja"
    if path.is_file():
        return path.read_text()
    return _tokenizer_config(directory).get("chat_template")


def _tokenizer_config(directory: Path) -> dict[str, Any]:
    path = directory / "tokenizer_config.json"
    return json.loads(path.read_text()) if path.is_file() else {}
