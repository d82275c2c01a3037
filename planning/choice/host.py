"""What a node needs beside its GPUs: RAM, shared memory and disk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Host:
    """Of one node with all replicas that run on it; bytes."""

    memory_needed: int
    """RAM, shared memory included."""
    memory_there: int | None
    """What a node leaves to Pods; None: not known (own nodes)."""
    shared_memory_bytes: int
    """Size of /dev/shm of one replica; 0: the container's own is enough."""
    checkpoint_bytes: int
    """The model's files, as they are downloaded."""
    image_bytes: int | None
    """Of the engine's image, unpacked; None: not known, which is not 0."""
    disk_there: int | None
    """Local NVMe, or the volume that was named; None: not known."""
