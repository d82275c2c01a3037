"""The KV cache of one GPU in blocks, as vLLM lays it out, and what fits into it.

vLLM 0.25.1, v1/core/kv_cache_utils.py (group_and_unify_kv_cache_specs, get_kv_cache_config) and
v1/kv_cache_interface.py (max_memory_usage_bytes).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from planning.architecture import Architecture
from planning.architecture.value import Cache
from planning.memory.serving import Serving

BLOCK = 16
"""Tokens of one block."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Blocks of one GPU."""

    block_bytes: int
    """Of one block in the layers that share it."""
    groups: tuple[tuple[int, int | None], ...]
    """How many groups of layers have which window; each keeps blocks of its own."""
    batched_tokens: int

    def blocks_for(self, context: int) -> int:
        """Of one request; a window keeps the newest tokens, and those of the step under way."""
        return sum(count * self._of_group(context, window) for count, window in self.groups)

    def request_bytes(self, context: int) -> int:
        return self.blocks_for(context) * self.block_bytes

    def requests(self, size: int, context: int) -> int:
        """That run at once at their full length."""
        return max(0, size // self.block_bytes) // self.blocks_for(context)

    def tokens(self, size: int, context: int) -> int:
        """As vLLM logs it: of requests of the longest context, as many as fill the pool."""
        blocks = max(0, size // self.block_bytes)
        if all(window is None for _, window in self.groups):
            return blocks // sum(count for count, _ in self.groups) * BLOCK
        return blocks * context // self.blocks_for(context)

    def longest(self, size: int, wanted: int) -> int:
        """The longest request that fits, up to `wanted`, in whole blocks."""
        low, high = 0, ceil(wanted / BLOCK)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.request_bytes(min(wanted, middle * BLOCK)) <= size
            low, high = (middle, high) if fits else (low, middle - 1)
        return min(wanted, low * BLOCK)

    def _of_group(self, context: int, window: int | None) -> int:
        if window is None:
            return ceil(context / BLOCK)
        return ceil(min(window - 1 + self.batched_tokens, context) / BLOCK) + 1


def pool_of(model: Architecture, serving: Serving) -> Pool:
    """Layers of several kinds share one pool in groups of equal size."""
    caches = [(cache, ceil(cache.layers / serving.pipeline_parallel)) for cache in model.caches]
    fewest, most = min(layers for _, layers in caches), max(layers for _, layers in caches)
    size = most if most < fewest * 1.5 else fewest
    page = max(_page_bytes(cache, serving) for cache, _ in caches)
    return Pool(
        block_bytes=page * size,
        groups=tuple((ceil(layers / size), cache.window) for cache, layers in caches),
        batched_tokens=serving.batched_tokens,
    )


def _page_bytes(cache: Cache, serving: Serving) -> int:
    """One block in one layer; a KV head is divided no further, and copied beyond."""
    heads = max(1, ceil(cache.heads / serving.tensor_parallel))
    return BLOCK * heads * cache.numbers * serving.kv_bits // 8
