"""What a model is made of: enough to count its weights, its KV cache and where it can be split."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Literal

from planning.architecture.storage import Storage

Kind = Literal["matrix", "router", "embedding", "head", "vector", "buffer"]
"""A `matrix` may be quantised; a `buffer` is stored with the weights but is no parameter."""


@dataclass(frozen=True, kw_only=True)
class Tensor:
    """Equal tensors at one place of a checkpoint."""

    module: str
    """Name in the checkpoint without `.weight`; `experts.*` stands for every expert."""
    shape: tuple[int, ...]
    """(outputs, inputs) of a matrix."""
    kind: Kind
    copies: int = 1
    used: int = 1
    """Copies that one token passes through."""

    @property
    def numbers(self) -> int:
        """In all copies."""
        return prod(self.shape) * self.copies


@dataclass(frozen=True, kw_only=True)
class Cache:
    """What equal attention layers keep of each token."""

    layers: int
    heads: int
    """KV heads; 1 where a latent stands for all of them."""
    numbers: int
    """Of one head in one layer: key and value, or the latent."""
    window: int | None = None
    """Tokens that are kept; None: all."""

    def per_token(self) -> int:
        """Numbers of one token in all these layers."""
        return self.layers * self.heads * self.numbers


@dataclass(frozen=True, kw_only=True)
class Architecture:
    """One model's shape, read from its `config.json`; sizes in tokens and numbers."""

    model_type: str
    """As in `config.json`, of the text part."""
    names: tuple[str, ...]
    """`architectures` of `config.json`: what engines look a model up by."""
    layers: int
    heads: int
    """Attention heads; tensor parallelism divides them."""
    kv_heads: int
    """Of a layer; 1 for a latent cache, which every GPU keeps whole."""
    head_dim: int
    hidden: int
    vocabulary: int
    max_context: int
    """Longest context that the position encoding was made for, scaling included."""
    experts: int
    """Routed experts of a layer; 0 for a dense model."""
    storage: Storage
    """How the checkpoint stores its weights."""
    tensors: tuple[Tensor, ...]
    caches: tuple[Cache, ...]
    uncounted: tuple[str, ...] = ()
    """Parts of the checkpoint that `tensors` lacks, such as an unknown vision tower."""
    stored_bytes: int | None = None
    """Of all weights in the checkpoint, by its own index or header; None: not given."""

    def __hash__(self) -> int:
        """Of a few numbers: sums over thousands of tensors are kept by model."""
        return hash((self.model_type, self.layers, self.hidden, len(self.tensors)))

    @cached_property
    def parameters(self) -> int:
        """All of them, a tied embedding once."""
        return sum(tensor.numbers for tensor in self.tensors if tensor.kind != "buffer")

    @cached_property
    def active_parameters(self) -> int:
        """Those that one token is multiplied with: without idle experts, without looking up its
        row of an embedding that is not the output matrix too."""
        output = any(tensor.kind == "head" for tensor in self.tensors)
        return sum(
            prod(tensor.shape) * tensor.used
            for tensor in self.tensors
            if tensor.kind != "buffer" and not (tensor.kind == "embedding" and output)
        )
