"""Over how many GPUs a model can be divided."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from planning.architecture import Architecture
from planning.architecture.kv import splits_evenly
from planning.architecture.storage import Storage
from planning.memory.shape import DOWN

_SIZES = (1, 2, 4, 8, 16)


def tensor_parallel_sizes(
    model: Architecture, gpus: int, storage: Storage | None = None
) -> tuple[int, ...]:
    """Sizes that one instance of so many GPUs allows, the smallest first."""
    return tuple(
        size for size in _SIZES if size <= gpus and undivided(model, size, storage) is None
    )


@lru_cache(maxsize=512)
def undivided(model: Architecture, size: int, storage: Storage | None = None) -> str | None:
    """What `size` GPUs cannot divide; None: nothing."""
    if not splits_evenly(model, size):
        return f"{model.heads} attention heads and {model.kv_heads} KV heads"
    return next(_feed_forward(model, size, storage or model.storage), None)


def _feed_forward(model: Architecture, size: int, storage: Storage) -> Iterator[str]:
    for tensor in model.tensors:
        if tensor.kind != "matrix" or tensor.module.rpartition(".")[2] not in DOWN:
            continue
        width = tensor.shape[1]
        if width % size:
            yield f"{width} columns of {tensor.module}"
        elif storage.packing and storage.packs(tensor.module, head=False):
            # vLLM pads MXFP4 experts to its kernels' sizes; others must keep whole groups.
            group = 1 if storage.method == "mxfp4" else storage.packing.block[1] or 1
            if (width // size) % group:
                yield f"{width} columns of {tensor.module} in groups of {group}"
