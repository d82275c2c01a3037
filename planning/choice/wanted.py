"""What is asked of a deployment; a part that is None is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from planning.catalog.rows.software import Allocation
from planning.choice.beside import Beside
from planning.compatibility.deployment import Capacity

Target = Literal["local", "kubernetes", "eks", "hf-endpoint"]
EngineName = Literal["onnx", "vllm", "triton", "tensorrt-llm"]
Percentile = Literal["p50", "p90", "p95", "p99"]


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Traffic of all replicas together, and how fast answers must be."""

    requests_per_second: float
    """Mean rate."""
    prompt_tokens: int
    """Of a typical request."""
    output_tokens: int
    """Of a typical answer."""
    long_prompt_tokens: int | None = None
    """Of a prompt that 95 % are no longer than; None: all are typical."""
    long_output_tokens: int | None = None
    """The same of answers."""
    ttft_ms: float | None = None
    """Longest time to the first token; None: not asked."""
    itl_ms: float | None = None
    """Longest time between tokens; None: not asked."""
    percentile: Percentile = "p50"
    """The share of requests that must be within these times."""

    @property
    def limiting(self) -> tuple[int, int]:
        """Tokens of prompt and answer that the limits are about: of p90 and above, long ones."""
        if self.percentile == "p50":
            return self.prompt_tokens, self.output_tokens
        return (
            self.long_prompt_tokens or self.prompt_tokens,
            self.long_output_tokens or self.output_tokens,
        )


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One pool of equal replicas of one model."""

    target: Target
    region: str
    """Prices are looked up there. Of no meaning for `local` and for nodes without a type."""
    engine: EngineName | None = None
    """None: any that runs on GPUs; `local` has only onnx."""
    engine_version: str | None = None
    """A row of engine_versions.yaml; None: the newest of the engine that works on the GPU."""
    backend: str | None = None
    """Of Triton."""
    beside: tuple[Beside, ...] = ()
    """Of Triton: models that share every replica."""
    quantization: str | None = None
    """A name in architecture.storage.STORAGES; for onnx a row of quantizations.yaml. None: as the
    checkpoint stores it, and what an engine can make of that."""
    kv_bits: int | None = None
    """Of one number in the KV cache. None: 16, and 8 where the GPU calculates in 8 bits."""
    gpu: str | None = None
    """A row of gpus.yaml, where neither `instance` nor `hf_hardware` names it."""
    instance: str | None = None
    """A row of instances/."""
    hf_hardware: str | None = None
    """A row of hf_hardware.yaml."""
    hf_vendor: str | None = None
    """The cloud under an endpoint, such as aws; None: any."""
    gpus_per_node: int | None = None
    """Of own nodes, whose type no cloud sells (`kubernetes`); needs `gpu`."""
    capacity: Capacity = "on-demand"
    tensor_parallel: int | None = None
    pipeline_parallel: int | None = None
    nodes_per_replica: int | None = None
    """None: one; several only where nothing fits on one."""
    context: int
    """Tokens of the longest request, prompt and answer together."""
    concurrency: int = 1
    """Requests of the longest context that must run at once on one replica."""
    sequences: int | None = None
    """Requests of one step; None: as the engine chooses. For onnx: rows of the KV cache."""
    batched_tokens: int | None = None
    """Tokens of one step; None: as the engine chooses."""
    kv_cache_bytes: int | None = None
    """Of the KV cache on each GPU, in place of a share of its memory."""
    utilization: float | None = None
    """Share of a GPU's memory that the engine takes; None: the engine's own."""
    replicas: tuple[int, int] | None = None
    """Fewest and most; None: as many as `demand` needs, or one."""
    demand: Demand | None = None
    disk_bytes: int | None = None
    """Of a node's root volume or own disk; None: not said. Local NVMe counts where there is any."""
    kubernetes: str | None = None
    ami: str | None = None
    driver: str | None = None
    """NVIDIA driver of own nodes."""
    node_mode: str | None = None
    """A row of node_modes.yaml."""
    allocation: Allocation = "device-plugin"
    operators: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name to version."""
