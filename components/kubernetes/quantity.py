"""Kubernetes' quantities, exact and as short as they can be."""

from __future__ import annotations

_UNITS = (("Ti", 1 << 40), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10))


def of_bytes(count: int) -> str:
    """`16Gi` for 17179869184; a number that no unit divides stays bytes."""
    for unit, size in _UNITS:
        if count and count % size == 0:
            return f"{count // size}{unit}"
    return str(count)


def of_millis(count: int) -> str:
    """`2` for 2000 thousandths of a processor, `250m` for 250."""
    return f"{count}m" if count % 1000 else str(count // 1000)
