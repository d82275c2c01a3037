"""What one step of an engine must read and calculate, whatever the GPU."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod

from planning.architecture import Architecture
from planning.architecture.kv import kv_bytes
from planning.architecture.storage import Storage
from planning.architecture.weights import weight_bytes


@dataclass(frozen=True, kw_only=True)
class Work:
    """Of one model at one storage; bytes, and operations of tensor cores."""

    layers: int
    shared_bytes: float
    """Weights that every step reads: all but idle experts and the lookup of the embedding."""
    expert_bytes: float
    """Weights of all routed experts together."""
    idle: float
    """Share of a layer's experts that one token does not pass: 1 - used / experts."""
    body_flops: float
    """One token through all layers: two for each weight it is multiplied with."""
    head_flops: float
    """One token through the output matrix, where an answer's token is chosen."""
    attention_flops: float
    """One token for each token it looks back at: scores and their sum, 4 x heads x width."""
    graph_tokens: int
    """Most tokens of a step that vLLM captures CUDA graphs for, unless told."""
    fp8: bool
    """Whether matrices are multiplied in 8 bits."""
    model: Architecture
    kv_bits: int

    def weights_read(self, tokens: float) -> float:
        """Bytes; of `tokens` routed at random, each expert is missed with chance idle^tokens."""
        return self.shared_bytes + self.expert_bytes * (1 - self.idle**tokens)

    def kv_read(self, context: float) -> float:
        """Bytes that attention reads to add one token to `context` others."""
        return kv_bytes(self.model, round(context), self.kv_bits)


# vllm/model_executor/models/config.py, GptOssForCausalLMConfig.
_GRAPH_TOKENS = {"gpt_oss": 1024}


@lru_cache(maxsize=128)
def work_of(model: Architecture, storage: Storage, kv_bits: int) -> Work:
    """Formulas: planning/architecture (bytes), 2 operations for each weight and token (flops)."""
    tables = [tensor for tensor in model.tensors if tensor.kind in ("embedding", "head")]
    looked_up = [tensor for tensor in tables if tensor.kind == "embedding"] if tables[1:] else []
    experts = [tensor for tensor in model.tensors if tensor.copies > tensor.used]
    head = model.vocabulary * model.hidden
    used = experts[0].used / experts[0].copies if experts else 1.0
    routed = weight_bytes(replace(model, tensors=tuple(experts)), storage)
    lookup = weight_bytes(replace(model, tensors=tuple(looked_up)), storage)
    everything = weight_bytes(model, storage) - lookup
    attention = sum(4 * prod((cache.layers, model.heads, model.head_dim)) for cache in model.caches)
    return Work(
        layers=model.layers,
        shared_bytes=everything - routed,
        expert_bytes=routed,
        idle=1 - used,
        body_flops=2 * (model.active_parameters - head),
        head_flops=2 * head,
        attention_flops=attention,
        graph_tokens=_GRAPH_TOKENS.get(model.model_type, 512),
        fp8=storage.packing is not None and storage.packing.bits == 8,
        model=model,
        kv_bits=kv_bits,
    )
