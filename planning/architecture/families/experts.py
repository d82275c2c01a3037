"""Decoders with experts: a router sends each token to a few of many feed-forward parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planning.architecture.attention import Attention, grouped
from planning.architecture.config import Config
from planning.architecture.decoder import decoder
from planning.architecture.feedforward import Experts, FeedForward
from planning.architecture.length import longest_context
from planning.architecture.value import Architecture
from planning.architecture.windows import (
    Windows,
    all_full,
    alternating,
    caches,
    everywhere,
    listed,
    upper,
    window_of,
)


def mixtral(config: Config) -> Architecture:
    attention = grouped(config)
    expert = FeedForward(
        hidden=attention.hidden,
        inner=config.count("intermediate_size"),
        up=("w1", "w3"),
        down="w2",
    )
    experts = _experts(config, expert, "num_local_experts")
    return _decoder(config, attention, everywhere(config), lambda _: experts, "block_sparse_moe")


def minimax_m2(config: Config) -> Architecture:
    attention = replace(grouped(config, head_dim=128), qk_norm="all")
    expert = FeedForward(
        hidden=attention.hidden,
        inner=config.count("intermediate_size"),
        up=("w1", "w3"),
        down="w2",
    )
    experts = replace(_experts(config, expert, "num_local_experts"), correction=True)
    return _decoder(config, attention, all_full(config), lambda _: experts, "block_sparse_moe")


def olmoe(config: Config) -> Architecture:
    bias = config.flag("attention_bias", False)
    attention = replace(grouped(config), qkv_bias=bias, output_bias=bias, qk_norm="all")
    experts = _experts(config, _part(config, "intermediate_size"), "num_experts")
    return _decoder(config, attention, all_full(config), lambda _: experts)


def qwen2_moe(config: Config) -> Architecture:
    attention = replace(grouped(config), qkv_bias=config.flag("qkv_bias", True))
    experts = _experts(config, _part(config, "moe_intermediate_size"), "num_experts")
    experts = replace(
        experts,
        shared=_part(config, "shared_expert_intermediate_size"),
        shared_gate=True,
        shared_name="shared_expert",
    )
    return _decoder(config, attention, upper(config), _qwen_layers(config, experts))


def qwen3_moe(config: Config) -> Architecture:
    bias = config.flag("attention_bias", False)
    attention = replace(grouped(config), qkv_bias=bias, output_bias=bias, qk_norm="head")
    key = "num_experts" if "num_experts" in config else "num_local_experts"
    experts = _experts(config, _part(config, "moe_intermediate_size"), key)
    return _decoder(config, attention, upper(config), _qwen_layers(config, experts))


def glm4_moe(config: Config) -> Architecture:
    normed = config.flag("use_qk_norm", False)
    attention = replace(
        grouped(config),
        qkv_bias=config.flag("attention_bias", False),
        qk_norm="head" if normed else "none",
    )
    return _decoder(config, attention, all_full(config), first_dense(config))


def gpt_oss(config: Config) -> Architecture:
    bias = config.flag("attention_bias", True)
    attention = replace(grouped(config, head_dim=64), qkv_bias=bias, output_bias=bias, sinks=True)
    expert = replace(_part(config, "intermediate_size"), bias=True, up=("gate_up_proj",))
    experts = _experts(config, expert, "num_local_experts")
    experts = replace(experts, router="router", router_bias=True)
    # Even layers slide: the first does.
    return _decoder(config, attention, alternating(config, 2), lambda _: experts)


def llama4(config: Config) -> Architecture:
    bias = config.flag("attention_bias", False)
    attention = replace(grouped(config, head_dim=128), qkv_bias=bias, output_bias=bias)
    expert = _part(config, "intermediate_size")
    experts = replace(
        _experts(config, expert, "num_local_experts"),
        shared=expert,
        router="router",
        shared_name="shared_expert",
    )
    step = config.count("interleave_moe_layer_step", 1)
    chosen = config.counts("moe_layers") or tuple(
        range(step - 1, config.count("num_hidden_layers"), step)
    )
    dense = _part(config, "intermediate_size_mlp")
    return _decoder(
        config,
        attention,
        _chunks(config),
        lambda layer: experts if layer in chosen else dense,
        "feed_forward",
    )


def first_dense(config: Config) -> Callable[[int], FeedForward | Experts]:
    """DeepSeek and GLM: the first layers have one part for all tokens, the others experts with a
    part that every token passes beside them."""
    dense = _part(config, "intermediate_size")
    expert = _part(config, "moe_intermediate_size")
    experts = replace(_experts(config, expert, "n_routed_experts"), correction=True)
    if shared := config.optional("n_shared_experts"):
        experts = replace(experts, shared=replace(expert, inner=expert.inner * shared))
    before = config.optional("first_k_dense_replace") or 0
    if config.count("moe_layer_freq", 1) != 1:
        raise config.refusal("moe_layer_freq", "1")
    return lambda layer: dense if layer < before else experts


def _chunks(config: Config) -> Windows:
    """Llama 4: each fourth layer sees all, without positions; the others see their chunk."""
    layers = config.count("num_hidden_layers")
    if config.texts("layer_types"):
        return listed(config, ())
    chunk = window_of(config, "attention_chunk_size")
    rotary = config.counts("no_rope_layers")
    if not rotary:
        return [None if (layer + 1) % 4 == 0 else chunk for layer in range(layers)]
    return [chunk if flag else None for flag in rotary]


def _qwen_layers(config: Config, experts: Experts) -> Callable[[int], FeedForward | Experts]:
    step = config.count("decoder_sparse_step", 1)
    plain = config.counts("mlp_only_layers")
    if step == 1 and not plain:
        return lambda _: experts
    dense = _part(config, "intermediate_size")
    return lambda layer: dense if layer in plain or (layer + 1) % step else experts


def _part(config: Config, key: str) -> FeedForward:
    return FeedForward(hidden=config.count("hidden_size"), inner=config.count(key))


def _experts(config: Config, expert: FeedForward, key: str) -> Experts:
    count, used = config.count(key), config.count("num_experts_per_tok")
    if used > count:
        raise config.refusal("num_experts_per_tok", f"at most {key}, {count}")
    return Experts(count=count, used=used, expert=expert)


def _decoder(
    config: Config,
    attention: Attention,
    windows: Windows,
    feed_forward: Callable[[int], FeedForward | Experts],
    mlp_name: str = "mlp",
) -> Architecture:
    return decoder(
        config,
        attention=attention,
        feed_forward=feed_forward,
        caches=caches(attention, windows, longest_context(config)),
        tied=False,
        mlp_name=mlp_name,
    )


FAMILIES: dict[str, Callable[[Config], Architecture]] = {
    "mixtral": mixtral,
    "minimax_m2": minimax_m2,
    "olmoe": olmoe,
    "qwen2_moe": qwen2_moe,
    "qwen3_moe": qwen3_moe,
    "glm4_moe": glm4_moe,
    "gpt_oss": gpt_oss,
    "llama4_text": llama4,
}
