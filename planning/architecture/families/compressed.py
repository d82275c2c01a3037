"""Decoders with a compressed KV cache: DeepSeek V2, V3, R1 and Kimi K2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planning.architecture.config import Config
from planning.architecture.decoder import decoder
from planning.architecture.families.experts import first_dense
from planning.architecture.feedforward import Experts, FeedForward
from planning.architecture.latent import latent
from planning.architecture.value import Architecture


def deepseek_v3(config: Config) -> Architecture:
    """Layers for predicting further tokens (`num_nextn_predict_layers`) are not counted: engines
    load them for speculative decoding only."""
    return _decoder(config, first_dense(config))


def deepseek_v2(config: Config) -> Architecture:
    layers = first_dense(config)

    def without_correction(layer: int) -> FeedForward | Experts:
        part = layers(layer)
        return replace(part, correction=False) if isinstance(part, Experts) else part

    return _decoder(config, without_correction)


def _decoder(config: Config, feed_forward: Callable[[int], FeedForward | Experts]) -> Architecture:
    attention = latent(config)
    return decoder(
        config,
        attention=attention,
        feed_forward=feed_forward,
        caches=attention.caches(config.count("num_hidden_layers")),
        tied=False,
    )


FAMILIES: dict[str, Callable[[Config], Architecture]] = {
    "deepseek_v2": deepseek_v2,
    "deepseek_v3": deepseek_v3,
    "kimi_k2": deepseek_v3,
}
