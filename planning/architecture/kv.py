"""Bytes that the attention layers keep of each token."""

from __future__ import annotations

from planning.architecture.value import Architecture


def kv_bytes_per_token(model: Architecture, bits: int = 16) -> int:
    """One token in all layers, on all GPUs together without copies; `bits` of one number."""
    return sum(cache.per_token() for cache in model.caches) * bits // 8


def kv_bytes_beyond_window(model: Architecture, bits: int = 16) -> int:
    """The same for a token that every window has left behind: what a longer context costs."""
    return sum(cache.per_token() for cache in model.caches if cache.window is None) * bits // 8


def kv_bytes_per_gpu(model: Architecture, tensor_parallel: int, bits: int = 16) -> int:
    """One token on one of `tensor_parallel` GPUs: heads are divided down to one, then copied.

    As vLLM 0.33.0, config/model.py, get_num_kv_heads: max(1, heads // size); a latent counts as
    one head, so every GPU keeps it whole.
    """
    numbers = sum(
        cache.layers * cache.numbers * max(1, cache.heads // tensor_parallel)
        for cache in model.caches
    )
    return numbers * bits // 8


def kv_bytes(model: Architecture, context: int, bits: int = 16) -> int:
    """One request of `context` tokens, on all GPUs together without copies."""
    numbers = sum(
        cache.per_token() * min(context, cache.window or context) for cache in model.caches
    )
    return numbers * bits // 8


def splits_evenly(model: Architecture, tensor_parallel: int) -> bool:
    """Whether attention heads divide, and KV heads divide or are copied evenly."""
    if model.heads % tensor_parallel:
        return False
    few, many = sorted((model.kv_heads, tensor_parallel))
    return many % few == 0
