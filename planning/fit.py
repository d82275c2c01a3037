"""How much memory a replica needs: weights + KV cache + the process itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from planning.catalog.rows import Architecture, EngineFacts, QuantizationFacts


@dataclass(frozen=True, kw_only=True)
class Memory:
    """Bytes of one replica; predicted, not measured."""

    artefact: int
    """The model's files on disk."""
    weights: int
    """The same in memory, with the copies that the engine packs for its kernels."""
    kv_cache: int
    """`maxConcurrent` rows of `maxContext` tokens."""
    runtime: int
    """Interpreter, libraries, and the work space of the largest step."""

    @property
    def replica(self) -> int:
        return self.weights + self.kv_cache + self.runtime


def replica_memory(
    model: Architecture,
    *,
    quantization: QuantizationFacts,
    engine: EngineFacts,
    kv_bits: int,
    rows: int,
    context: int,
) -> Memory:
    artefact = artefact_bytes(model, quantization)
    return Memory(
        artefact=artefact,
        weights=ceil(artefact * quantization.resident_ratio),
        kv_cache=rows * context * kv_bytes_per_token(model, kv_bits),
        runtime=engine.runtime_bytes + engine.workspace_bytes,
    )


def artefact_bytes(model: Architecture, quantization: QuantizationFacts) -> int:
    """Matrices at the quantization's widths; norms and rotary table (cos, sin) as they are."""
    attention = model.hidden * model.head_dim * (2 * model.heads + 2 * model.kv_heads)
    feed_forward = 3 * model.hidden * model.intermediate
    embedding_bits = (
        quantization.tied_embedding_bits
        if model.tied_embeddings
        else quantization.untied_embedding_bits
    )
    norms = model.hidden * (2 * model.layers + 1)
    rotary = model.max_position * model.head_dim
    bits = model.layers * (attention + feed_forward) * quantization.weight_bits
    bits += model.vocabulary * model.hidden * embedding_bits
    bits += (norms + rotary) * quantization.vector_bits
    return ceil(bits / 8)


def kv_bytes_per_token(model: Architecture, kv_bits: int) -> int:
    """One key and one value vector per layer and KV head."""
    return 2 * model.layers * model.kv_heads * model.head_dim * kv_bits // 8
