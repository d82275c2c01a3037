"""The longest context of a model."""

from __future__ import annotations

from planning.architecture.config import Config

# `max_position_embeddings` counts these scalings already, as vLLM 0.33.0 takes it
# (config/model.py, _get_and_verify_max_len); another scaling multiplies.
_COUNTED = ("", "default", "su", "longrope", "llama3", "yarn", "deepseek_yarn", "mrope")


def longest_context(config: Config) -> int:
    """Tokens, with the scaling of the position encoding."""
    length = config.count("max_position_embeddings")
    scaling = config.section("rope_scaling") or config.section("rope_parameters")
    if scaling is None or config.text("model_type").startswith("gemma3"):
        return length
    kind = scaling.text("rope_type") or scaling.text("type")
    return length if kind in _COUNTED else int(length * (scaling.factor("factor") or 1))
