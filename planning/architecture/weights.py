"""Bytes of a model's weights as an engine loads them."""

from __future__ import annotations

from functools import lru_cache
from math import prod

from planning.architecture.storage import Storage
from planning.architecture.value import Architecture, Tensor

_CORRECTION_BYTES = 4  # kept in float32 whatever the dtype


@lru_cache(maxsize=256)
def weight_bytes(model: Architecture, storage: Storage | None = None) -> int:
    """All GPUs together, without copies; as the checkpoint stores them, or in another `storage`.

    The checkpoint's own sum counts where it is given; else shapes times bits, scales included.
    """
    if storage is None and model.stored_bytes is not None:
        return model.stored_bytes
    chosen = storage or model.storage
    return sum(tensor_bytes(tensor, chosen) for tensor in model.tensors)


def tensor_bytes(tensor: Tensor, storage: Storage) -> int:
    """All copies of one tensor, scales included."""
    if tensor.kind == "buffer":
        return tensor.numbers * _CORRECTION_BYTES
    quantised = tensor.kind in ("matrix", "head") and storage.packs(
        tensor.module, head=tensor.kind == "head"
    )
    if storage.packing and quantised:
        outputs, inputs = tensor.shape
        return storage.packing.bytes_of(outputs, inputs) * tensor.copies
    return prod(tensor.shape) * tensor.copies * storage.plain_bits // 8
