"""How an engine is told to serve: what decides memory beside the model and the GPU."""

from __future__ import annotations

from dataclasses import dataclass

from planning.architecture.storage import Storage
from planning.catalog.rows.hardware import GpuFacts
from planning.memory.device import GIB, visible_bytes


@dataclass(frozen=True, kw_only=True)
class Serving:
    """vLLM's flags, and what is asked of one replica."""

    context: int
    """`--max-model-len`: the longest request, prompt and answer together."""
    concurrency: int = 1
    """Requests of that length which must run at once."""
    batched_tokens: int
    """`--max-num-batched-tokens`: of one step."""
    sequences: int
    """`--max-num-seqs`: requests of one step."""
    kv_bits: int = 16
    """Of one number in the KV cache."""
    storage: Storage | None = None
    """What the engine makes of a plain checkpoint; None: weights as they are stored."""
    utilization: float = 0.92
    """`--gpu-memory-utilization`: the share of a GPU that the engine takes."""
    kv_cache_bytes: int | None = None
    """`--kv-cache-memory-bytes`: the KV cache of each GPU, in place of a share."""
    tensor_parallel: int = 1
    pipeline_parallel: int = 1

    @property
    def gpus(self) -> int:
        return self.tensor_parallel * self.pipeline_parallel


def default_serving(gpu_name: str, gpu: GpuFacts, context: int) -> Serving:
    """Flags that `vllm serve` chooses by GPU: larger steps from 70 GiB on, but not on an A100.

    vLLM 0.25.1, engine/arg_utils.py, get_batch_defaults.
    """
    large = visible_bytes(gpu) >= 70 * GIB and not gpu_name.startswith("A100")
    return Serving(
        context=context,
        batched_tokens=8192 if large else 2048,
        sequences=1024 if large else 256,
    )
