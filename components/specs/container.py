"""What runs in one container of a cluster: the common word of all engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class PortSpec:
    name: str
    number: int


@dataclass(frozen=True, kw_only=True)
class ProbeSpec:
    """An HTTP GET that answers 200 while all is well."""

    path: str
    port: str
    """Name of one of the container's ports."""
    period_seconds: int
    timeout_seconds: int
    failure_threshold: int


@dataclass(frozen=True, kw_only=True)
class FileSpec:
    """A rendered file, mounted read-only."""

    path: str
    """Absolute."""
    text: str


@dataclass(frozen=True, kw_only=True)
class ContainerSpec:
    """One container; its image is said elsewhere, as it may be built by `up`."""

    command: tuple[str, ...] = ()
    """Empty: the image's own."""
    args: tuple[str, ...] = ()
    worker_args: tuple[str, ...] = ()
    """Where several nodes serve a replica together: arguments on all of them but the first. Those
    nodes take no requests, so they have no probes."""
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    ports: tuple[PortSpec, ...]
    """The first one takes requests."""
    startup: ProbeSpec
    readiness: ProbeSpec
    liveness: ProbeSpec
    files: tuple[FileSpec, ...] = ()
    scratch: tuple[str, ...] = ()
    """Folders it writes to: the rest of its file system is read-only."""
    model_mount: str | None = None
    """Folder of the model, or of the hub's cache with it: the store is mounted there, unless the
    image holds it."""
    cache_mount: str | None = None
    """Folder of what the engine compiles, on a volume that outlives the pod; None: none."""
    shared_memory_bytes: int = 0
    """Of /dev/shm; 0: the container's own is enough. Counted in the memory of the workload."""
    user: int
    """Numeric, never 0."""
    group: int
