"""What is asked of one replica, on which GPU, by which engine."""

from __future__ import annotations

from dataclasses import dataclass

from planning.architecture import Architecture
from planning.architecture.storage import Storage
from planning.catalog.rows.hardware import GpuFacts


@dataclass(frozen=True, kw_only=True)
class Load:
    """A closed loop: `concurrency` users, each of whom asks again as soon as answered."""

    model: Architecture
    storage: Storage | None = None
    """Of the weights as loaded; None: as the checkpoint stores them."""
    kv_bits: int = 16
    gpu: str
    """A row of gpus.yaml."""
    facts: GpuFacts
    """Of that row."""
    tensor_parallel: int = 1
    engine: str = "vllm"
    version: str | None = None
    """Of the engine that is deployed; None: not known."""
    kv_cache_tokens: int | None = None
    """Room of the KV cache; None: not known, taken as enough."""
    concurrency: int
    prompt: int
    """Tokens of one request that are in no cache."""
    output: int
    """Tokens of one answer."""

    @property
    def stored(self) -> Storage:
        return self.storage or self.model.storage
