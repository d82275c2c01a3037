"""What a GPU has, and what an engine takes of it that belongs to no model.

Measured on one H100 with vLLM 0.25.1, 2026-11-22: benchmarks/results/h100. Sizes in bytes.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from planning.catalog.rows.hardware import GpuFacts

MIB, GIB = 1 << 20, 1 << 30
# An H100 shows 0.9897 of the EC2 API's figure. Messages of torch that people posted show 0.984 to
# 0.993 on others: A10 21.99 GiB (github.com/zai-org/CogVLM/issues/236), L40 44.40 GiB
# (github.com/QwenLM/Qwen3-VL/issues/2097), A100 79.25 GiB
# (github.com/levihsu/OOTDiffusion/issues/235).
_VISIBLE_SHARE = Fraction(98, 100)
# CUDA context and what else is taken before the engine looks: 552 MB there.
CONTEXT = 552_403_968
# nonTorchBytes: 241 to 262 MB on one GPU, the largest taken. NCCL's buffers on several GPUs are
# taken before the engine looks, so they lie in the part that it leaves over: not measured.
NON_TORCH = 262_144_000
# cuBLAS work space on Hopper, which torch's allocator holds: 32 MiB.
MATRIX_WORKSPACE = 32 * MIB
# The older runner sets memory aside for CUDA graphs: 619 to 692 MB there, the largest taken.
RESERVED_GRAPHS = 692_060_160
# What is taken beyond the share, at most: CUDA graphs, 12 to 46 MiB for each layer there, and up to
# 1 GiB between what torch reserves and uses. With 256 sequences in place of 1,024 (one shape,
# taken for all) both were less: 19 MiB for each layer in all.
_GRAPHS_PER_LAYER = 48 * MIB
_UNUSED = GIB
_ALL_PER_LAYER_SMALL = 29 * MIB
_SMALL_SEQUENCES = 256


def visible_bytes(gpu: GpuFacts) -> int:
    """All of its memory, as CUDA shows it."""
    return gpu.visible_bytes or floor(gpu.memory_mib * MIB * _VISIBLE_SHARE)


def requested_bytes(gpu: GpuFacts, utilization: float) -> int:
    """What the engine may take: vLLM 0.25.1, v1/worker/utils.py, request_memory."""
    return ceil(visible_bytes(gpu) * utilization)


def left_over_bytes(layers: int, sequences: int, graphs: int) -> int:
    """What is taken beyond the engine's share, of which `graphs` bytes are set aside already."""
    if sequences <= _SMALL_SEQUENCES:
        return max(0, layers * _ALL_PER_LAYER_SMALL - graphs)
    return max(0, layers * _GRAPHS_PER_LAYER + _UNUSED - graphs)
