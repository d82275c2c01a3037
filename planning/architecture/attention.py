"""Attention with one key and value per KV head: multi-head, grouped or one for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from planning.architecture.config import Config
from planning.architecture.value import Tensor

QkNorm = Literal["none", "head", "heads", "all"]
"""Weights of the norms on queries and keys: none, of one head (shared), of each head, of all."""


@dataclass(frozen=True, kw_only=True)
class Attention:
    """Of one layer."""

    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    qkv_bias: bool = False
    output_bias: bool = False
    qk_norm: QkNorm = "none"
    sinks: bool = False
    """One learnt number for each head."""
    fused: bool = False
    """Queries, keys and values are one matrix in the checkpoint."""

    def tensors(self, layer: str, name: str = "self_attn") -> Iterator[Tensor]:
        place = f"{layer}.{name}"
        queries, keys = self.heads * self.head_dim, self.kv_heads * self.head_dim
        inputs = {"q_proj": queries, "k_proj": keys, "v_proj": keys}
        if self.fused:
            inputs = {"qkv_proj": queries + 2 * keys}
        for part, size in inputs.items():
            yield from linear(f"{place}.{part}", size, self.hidden, bias=self.qkv_bias)
        yield from linear(f"{place}.o_proj", self.hidden, queries, bias=self.output_bias)
        if self.qk_norm != "none":
            one = {"head": (self.head_dim,) * 2, "heads": (queries, keys), "all": (queries, keys)}
            for part, size in zip("qk", one[self.qk_norm], strict=True):
                yield vector(f"{place}.{part}_norm", size)
        if self.sinks:
            yield vector(f"{place}.sinks", self.heads)


def grouped(config: Config, *, head_dim: int | None = None) -> Attention:
    """Sizes from the usual keys. `head_dim`: of this family, where the key is absent."""
    hidden, heads = config.count("hidden_size"), config.count("num_attention_heads")
    if not config.optional("head_dim") and head_dim is None:
        if hidden % heads:
            raise config.refusal("num_attention_heads", f"a divisor of hidden_size, {hidden}")
        head_dim = hidden // heads
    kv_heads = config.count("num_key_value_heads", heads)
    if heads % kv_heads:
        raise config.refusal("num_key_value_heads", f"a divisor of num_attention_heads, {heads}")
    return Attention(
        hidden=hidden,
        heads=heads,
        kv_heads=kv_heads,
        head_dim=config.count("head_dim", head_dim),
    )


def linear(
    module: str, outputs: int, inputs: int, *, bias: bool, copies: int = 1, used: int = 1
) -> Iterator[Tensor]:
    """A matrix, and its bias."""
    yield Tensor(module=module, shape=(outputs, inputs), kind="matrix", copies=copies, used=used)
    if bias:
        yield Tensor(module=module, shape=(outputs,), kind="vector", copies=copies, used=used)


def vector(module: str, size: int) -> Tensor:
    return Tensor(module=module, shape=(size,), kind="vector")
