"""Widths of one GPU's share of a layer, as the largest step sees them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from planning.architecture import Architecture
from planning.architecture.value import Tensor

_EXPERTS = ".experts.*"
_QKV = {"q_proj", "k_proj", "v_proj", "qkv_proj", "q_b_proj"}
_UP = {"gate_proj", "up_proj", "gate_up_proj", "c_fc", "w1", "w3"}
DOWN = {"down_proj", "c_proj", "w2"}


@dataclass(frozen=True, kw_only=True)
class Widths:
    """Numbers of one token, the widest layer of each kind."""

    hidden: int
    attention: int
    """Queries, keys and values."""
    up: int
    """What a feed-forward part multiplies into: gate and up together."""
    inner: int
    """What comes out of its activation."""
    expert_up: int
    expert_inner: int
    """The same of one expert; 0 without experts."""
    experts_used: int
    """Experts of one token."""
    latent_spread: int
    """Keys and values that a latent is unfolded into; 0 without one."""


@lru_cache(maxsize=256)
def widths_of(model: Architecture, tensor_parallel: int) -> Widths:
    """Of one GPU."""
    sums: dict[str, dict[str, int]] = {
        kind: defaultdict(int) for kind in ("attention", "up", "down", "expert up", "expert down")
    }
    spread = used = 0
    for tensor in model.tensors:
        if tensor.kind != "matrix":
            continue
        place, _, name = tensor.module.rpartition(".")
        outputs, inputs = tensor.shape
        expert = _EXPERTS in tensor.module
        if name == "kv_b_proj":
            spread = max(spread, ceil(outputs / tensor_parallel))
        elif name in _QKV:
            sums["attention"][place] += _share(tensor, model, tensor_parallel)
        elif name in _UP:
            sums["expert up" if expert else "up"][place] += ceil(outputs / tensor_parallel)
        elif name in DOWN:
            sums["expert down" if expert else "down"][place] += ceil(inputs / tensor_parallel)
        if expert:
            used = max(used, tensor.used)
    most = {kind: max(places.values(), default=0) for kind, places in sums.items()}
    return Widths(
        hidden=model.hidden,
        attention=most["attention"],
        up=most["up"],
        inner=most["down"],
        expert_up=most["expert up"],
        expert_inner=most["expert down"],
        experts_used=used,
        latent_spread=spread,
    )


def _share(tensor: Tensor, model: Architecture, tensor_parallel: int) -> int:
    """Outputs of a query, key or value matrix on one GPU: a KV head is divided no further."""
    keys = model.head_dim * max(1, ceil(model.kv_heads / tensor_parallel))
    name = tensor.module.rpartition(".")[2]
    if name in ("k_proj", "v_proj"):
        return keys
    if name == "qkv_proj":
        queries = tensor.shape[0] - 2 * model.head_dim * model.kv_heads
        return ceil(queries / tensor_parallel) + 2 * keys
    return ceil(tensor.shape[0] / tensor_parallel)
