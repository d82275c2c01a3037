"""Weights on the fullest GPU of a replica, with what several GPUs keep each."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import lru_cache
from math import ceil

from planning.architecture import Architecture
from planning.architecture.storage import Storage
from planning.architecture.value import Tensor
from planning.architecture.weights import tensor_bytes, weight_bytes
from planning.memory.serving import Serving

_PLAIN = 2  # bytes of a 16-bit number
# Not divided: vLLM's ReplicatedLinear and its router gates.
_WHOLE = {"q_a_proj", "kv_a_proj_with_mqa"}
# Heads that are copied where there are fewer than GPUs.
_KEYS = {"k_proj", "v_proj", "qkv_proj"}


def weight_bytes_per_gpu(model: Architecture, serving: Serving) -> int:
    """Of the GPU that holds most: no less than its layers with embedding and output."""
    return _per_gpu(model, serving.storage, serving.tensor_parallel, serving.pipeline_parallel)


@lru_cache(maxsize=512)
def _per_gpu(model: Architecture, made: Storage | None, parts: int, stages: int) -> int:
    storage = made or model.storage
    layers: defaultdict[str, int] = defaultdict(int)
    ends: list[int] = []
    for tensor in model.tensors:
        share = _divided(tensor_bytes(tensor, storage), model, tensor, parts)
        layer = _layer_of(tensor)
        share += _unpacked(tensor, storage, parts)
        if layer is None:
            ends.append(share)
        else:
            layers[layer] += share
    most = sum(sorted(layers.values(), reverse=True)[: ceil(len(layers) / stages)])
    # One stage has the embedding, another the output matrix: all of them is no less.
    most += sum(ends)
    rotary = model.max_context * _rotary_width(model) * _PLAIN
    return ceil(most * _stored_ratio(model, made)) + rotary


def _stored_ratio(model: Architecture, made: Storage | None) -> Fraction:
    """The checkpoint's own sum over the computed one, where it counts."""
    if made is not None or model.stored_bytes is None:
        return Fraction(1)
    return Fraction(model.stored_bytes, weight_bytes(model, model.storage))


def _divided(size: int, model: Architecture, tensor: Tensor, parts: int) -> int:
    """What one of the GPUs that divide a layer holds of a tensor."""
    name = tensor.module.rpartition(".")[2]
    if tensor.kind in ("vector", "router", "buffer") or name in _WHOLE:
        return size
    if name in _KEYS and parts > model.kv_heads:
        # Each GPU holds one whole key and value head, and its part of the queries beside them.
        keys = model.head_dim * model.kv_heads * (2 if name == "qkv_proj" else 1)
        of_keys = size * keys // tensor.shape[0]
        return -(-(size - of_keys) // parts) - (-of_keys // model.kv_heads)
    return -(-size // parts)


def _unpacked(tensor: Tensor, storage: Storage, parts: int) -> int:
    """A 16-bit copy of the matrix that unfolds a latent, where it is quantised.

    vLLM 0.25.1, mla_attention.py, process_weights_after_loading: the products with it are in 16
    bits; of a plain matrix it takes views, no copy.
    """
    if not tensor.module.endswith(".kv_b_proj") or not storage.packs(tensor.module, head=False):
        return 0
    return ceil(tensor.numbers * _PLAIN / parts)


def _layer_of(tensor: Tensor) -> str | None:
    parts = tensor.module.split(".")
    return parts[2] if parts[:2] == ["model", "layers"] else None


def _rotary_width(model: Architecture) -> int:
    """Numbers for each position: cosines and sines of half the rotated width."""
    ranks = [t.shape[1] for t in model.tensors if t.module.endswith(".kv_b_proj")]
    return model.head_dim - ranks[0] if ranks else model.head_dim
