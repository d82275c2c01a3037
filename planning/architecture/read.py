"""A `config.json` to an architecture, by its `model_type`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from planning.architecture.config import Config
from planning.architecture.families import compressed, dense, experts
from planning.architecture.problem import ArchitectureError, refused
from planning.architecture.quantized import storage_of
from planning.architecture.value import Architecture
from planning.settings.echo import echo
from planning.spelling import nearest

FAMILIES: dict[str, Callable[[Config], Architecture]] = {
    **dense.FAMILIES,
    **experts.FAMILIES,
    **compressed.FAMILIES,
}
# Models with more than text: where the text part stands in `text_config`, its type if unnamed.
_WRAPPERS = {
    "gemma3": "gemma3_text",
    "mistral3": "mistral",
    "llama4": "llama4_text",
    "kimi_k25": "kimi_k2",
    "qwen3_vl": "qwen3",
    "qwen3_vl_moe": "qwen3_moe",
    "qwen2_5_vl": "qwen2",
}
# Keys that publishers leave out because transformers 5.23.0 has them as the family's defaults.
_DEFAULTS: dict[str, Mapping[str, object]] = {
    "gemma3_text": {
        "num_attention_heads": 8,
        "num_key_value_heads": 4,
        "vocab_size": 262_208,
        "max_position_embeddings": 131_072,
    },
    **{kind: {"q_lora_rank": 1536} for kind in ("deepseek_v2", "deepseek_v3", "kimi_k2")},
}
# Text parts under a name of their own that are a known family.
_ALIASES = {"qwen3_vl_text": "qwen3", "qwen3_vl_moe_text": "qwen3_moe", "qwen2_5_vl_text": "qwen2"}
# Known, and known to need a state beside or instead of the KV cache, which nothing here counts.
_UNCOUNTED = {
    "state-space or linear-attention layers": (
        *("mamba", "mamba2", "falcon_mamba", "jamba", "bamba", "zamba2", "nemotron_h"),
        *("granitemoehybrid", "falcon_h1", "qwen3_next", "qwen3_5", "qwen3_5_moe"),
        *("kimi_linear", "lfm2", "lfm2_moe", "minimax", "olmo_hybrid", "recurrent_gemma"),
    ),
    "an index for sparse attention": ("deepseek_v32", "deepseek_v4", "glm_moe_dsa"),
    "KV caches that layers share": ("gemma3n", "gemma4"),
}


def known_types() -> tuple[str, ...]:
    """Every `model_type` that can be read."""
    return tuple(sorted({*FAMILIES, *_WRAPPERS}))


def read_architecture(values: Mapping[str, object], read: set[str] | None = None) -> Architecture:
    """Raises ArchitectureError, naming the key, for anything that is not known for sure.

    `read` takes the paths of all keys that were looked at.
    """
    config = Config(values, read=read)
    text, kind = _text_part(config, config.text("model_type"))
    family = FAMILIES.get(_ALIASES.get(kind, kind))
    if family is None:
        raise _unknown(text, kind)
    return replace(
        family(text),
        model_type=kind,
        names=config.texts("architectures"),
        storage=storage_of(config, text),
        uncounted=tuple(key for key in ("vision_config", "audio_config") if key in config),
    )


def _text_part(config: Config, kind: str) -> tuple[Config, str]:
    """The section that describes the text model, and its type."""
    section = config.section("text_config") if kind in _WRAPPERS else None
    named = _WRAPPERS.get(kind, kind)
    part = section or config
    if section:
        named = section.text("model_type", named)
    values = {**_DEFAULTS.get(named, {}), **part.values}
    tie = "tie_word_embeddings"
    if config.flag(tie, False) and section and tie not in section:
        values[tie] = True
    return Config(values, part.path, part.read), named


def _unknown(config: Config, kind: str) -> ArchitectureError:
    reason = next((why for why, kinds in _UNCOUNTED.items() if kind in kinds), None)
    meant = nearest(kind, list(FAMILIES))
    got = echo(kind) if kind else "nothing"
    place = f"{config.path}.model_type" if config.path else "model_type"
    return refused(
        place,
        "architecture-unknown",
        f"{got}, which has {reason}: not counted yet" if reason else got,
        ", ".join(known_types()),
        *((f"write {meant}, if the model is one",) if meant and not reason else ()),
        "plan another model: memory of this one would be a guess",
    )
