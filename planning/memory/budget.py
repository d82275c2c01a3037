"""One GPU's memory, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from planning.architecture import Architecture
from planning.catalog.rows.hardware import GpuFacts
from planning.memory import device
from planning.memory.activation import activation_peaks, newer_runner
from planning.memory.serving import Serving
from planning.memory.weights import weight_bytes_per_gpu


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Bytes on the fullest GPU of a replica."""

    visible: int
    """All of its memory."""
    usable: int
    """What the engine may take."""
    weights: int
    activations: int
    """Peak of the largest step."""
    runtime: int
    """CUDA libraries and kernels, outside torch."""
    graphs: int
    """CUDA graphs that the engine sets memory aside for."""
    context: int
    """CUDA's own, taken before the engine looks."""
    left_over: int
    """CUDA graphs and fragments beyond the engine's share: an upper bound."""
    kv_cache: int
    """The KV cache's part; below 0: how much is missing without any."""

    @property
    def engine(self) -> int:
        """What the engine fills without the KV cache."""
        return self.weights + self.activations + self.runtime + self.graphs

    @property
    def total(self) -> int:
        """What is sure to be taken; the KV cache fills its part at the start."""
        return self.context + self.engine + max(0, self.kv_cache)


def budget_of(model: Architecture, gpu: GpuFacts, serving: Serving) -> Budget:
    weights = weight_bytes_per_gpu(model, serving)
    activations = activation_peaks(model, serving).largest
    graphs = 0 if newer_runner(model) else device.RESERVED_GRAPHS
    layers = ceil(model.layers / serving.pipeline_parallel)
    usable = device.requested_bytes(gpu, serving.utilization)
    rest = usable - weights - activations - device.NON_TORCH - graphs
    return Budget(
        visible=device.visible_bytes(gpu),
        usable=usable,
        weights=weights,
        activations=activations,
        runtime=device.NON_TORCH,
        graphs=graphs,
        context=device.CONTEXT,
        left_over=device.left_over_bytes(layers, serving.sequences, graphs),
        kv_cache=rest if serving.kv_cache_bytes is None else serving.kv_cache_bytes,
    )
