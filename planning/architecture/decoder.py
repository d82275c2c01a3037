"""A decoder from its parts: embedding, layers, output."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planning.architecture.attention import Attention, vector
from planning.architecture.config import Config
from planning.architecture.feedforward import Experts, FeedForward
from planning.architecture.latent import LatentAttention
from planning.architecture.length import longest_context
from planning.architecture.storage import PLAIN
from planning.architecture.value import Architecture, Cache, Tensor


@dataclass(frozen=True, kw_only=True)
class Norms:
    """What normalises: how many norms a layer has, and whether each has a bias."""

    each: int = 2
    bias: bool = False

    def tensors(self, place: str, size: int, count: int = 1) -> Iterator[Tensor]:
        for _ in range(count * (2 if self.bias else 1)):
            yield vector(place, size)


_TWO_NORMS = Norms()


def decoder(
    config: Config,
    *,
    attention: Attention | LatentAttention,
    feed_forward: Callable[[int], FeedForward | Experts],
    caches: tuple[Cache, ...],
    tied: bool,
    norms: Norms = _TWO_NORMS,
    mlp_name: str | Callable[[int], str] = "mlp",
    output_bias: bool = False,
) -> Architecture:
    """`feed_forward` and `mlp_name` are asked for each layer; `tied`: the family's default."""
    layers = config.count("num_hidden_layers")
    vocabulary, hidden = config.count("vocab_size"), attention.hidden
    parts = [feed_forward(layer) for layer in range(layers)]

    def tensors() -> Iterator[Tensor]:
        shape = (vocabulary, hidden)
        yield Tensor(module="model.embed_tokens", shape=shape, kind="embedding")
        for index, part in enumerate(parts):
            place = f"model.layers.{index}"
            name = mlp_name if isinstance(mlp_name, str) else mlp_name(index)
            yield from attention.tensors(place)
            yield from part.tensors(f"{place}.{name}")
            yield from norms.tensors(f"{place}.norm", hidden, norms.each)
        yield from norms.tensors("model.norm", hidden)
        if not config.flag("tie_word_embeddings", tied):
            yield Tensor(module="lm_head", shape=shape, kind="head")
        if output_bias:
            yield vector("lm_head", vocabulary)

    return Architecture(
        model_type=config.text("model_type"),
        names=config.texts("architectures"),
        layers=layers,
        heads=attention.heads,
        kv_heads=attention.kv_heads,
        head_dim=attention.head_dim,
        hidden=hidden,
        vocabulary=vocabulary,
        max_context=longest_context(config),
        experts=max((part.count for part in parts if isinstance(part, Experts)), default=0),
        storage=PLAIN,
        tensors=tuple(tensors()),
        caches=caches,
    )
