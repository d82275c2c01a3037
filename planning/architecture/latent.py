"""Multi-head latent attention (DeepSeek V2 and later): one compressed vector for all KV heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planning.architecture.attention import linear, vector
from planning.architecture.config import Config
from planning.architecture.value import Cache, Tensor


@dataclass(frozen=True, kw_only=True)
class LatentAttention:
    """Of one layer."""

    hidden: int
    heads: int
    query_rank: int | None
    """None: queries are not compressed."""
    rank: int
    rotary: int
    """Of one head, in the part with positions."""
    plain: int
    """Of one head, in the part without."""
    value: int
    bias: bool = False
    kv_heads: int = 1

    @property
    def head_dim(self) -> int:
        """Of the cached vector."""
        return self.rank + self.rotary

    def tensors(self, layer: str) -> Iterator[Tensor]:
        place = f"{layer}.self_attn"
        queries = self.heads * (self.plain + self.rotary)
        if self.query_rank is None:
            yield from linear(f"{place}.q_proj", queries, self.hidden, bias=False)
        else:
            rank = self.query_rank
            yield from linear(f"{place}.q_a_proj", rank, self.hidden, bias=self.bias)
            yield vector(f"{place}.q_a_layernorm", rank)
            yield from linear(f"{place}.q_b_proj", queries, rank, bias=False)
        compressed = self.rank + self.rotary
        yield from linear(f"{place}.kv_a_proj_with_mqa", compressed, self.hidden, bias=self.bias)
        yield vector(f"{place}.kv_a_layernorm", self.rank)
        spread = self.heads * (self.plain + self.value)
        yield from linear(f"{place}.kv_b_proj", spread, self.rank, bias=False)
        yield from linear(f"{place}.o_proj", self.hidden, self.heads * self.value, bias=self.bias)

    def caches(self, layers: int) -> tuple[Cache, ...]:
        return (Cache(layers=layers, heads=1, numbers=self.rank + self.rotary),)


def latent(config: Config) -> LatentAttention:
    return LatentAttention(
        hidden=config.count("hidden_size"),
        heads=config.count("num_attention_heads"),
        query_rank=config.optional("q_lora_rank"),
        rank=config.count("kv_lora_rank"),
        rotary=config.count("qk_rope_head_dim"),
        plain=config.count("qk_nope_head_dim"),
        value=config.count("v_head_dim"),
        bias=config.flag("attention_bias", False),
    )
