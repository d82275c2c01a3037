"""How much memory a replica needs: weights + KV cache + the process itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from planning.architecture import Architecture
from planning.architecture.kv import kv_bytes_per_token
from planning.catalog.rows import ProcessFacts, QuantizationFacts


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
    process: ProcessFacts,
    kv_bits: int,
    rows: int,
    context: int,
) -> Memory:
    artefact = artefact_bytes(model, quantization)
    return Memory(
        artefact=artefact,
        weights=ceil(artefact * quantization.resident_ratio),
        kv_cache=rows * context * kv_bytes_per_token(model, kv_bits),
        runtime=process.runtime_bytes + process.workspace_bytes,
    )


def artefact_bytes(model: Architecture, quantization: QuantizationFacts) -> int:
    """Matrices at the quantization's widths; vectors and rotary table (cos, sin) as they are."""
    tables = [tensor for tensor in model.tensors if tensor.kind in {"embedding", "head"}]
    flat = sum(tensor.numbers for tensor in model.tensors if len(tensor.shape) == 1)
    matrices = sum(tensor.numbers for tensor in model.tensors) - flat
    matrices -= sum(table.numbers for table in tables)
    # One width for table and head together, hence counted by one of them.
    table_bits = (
        quantization.tied_embedding_bits if len(tables) == 1 else quantization.untied_embedding_bits
    )
    rotary = model.max_context * model.head_dim
    bits = matrices * quantization.weight_bits + tables[0].numbers * table_bits
    bits += (flat + rotary) * quantization.vector_bits
    return ceil(bits / 8)
