"""Pools of nodes: one spec, made as a managed node group or as a Karpenter NodePool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Capacity = Literal["on-demand", "spot", "capacity-block", "reservation"]


@dataclass(frozen=True, kw_only=True)
class NodeImageSpec:
    """The machine image of nodes, at one release."""

    family: Literal["al2023", "bottlerocket"]
    release: str
    """Such as `v20260714` (al2023) or `1.62.0` (bottlerocket)."""
    kubernetes: str
    """Minor version that it is for."""
    architecture: Literal["x86_64", "arm64"]
    gpu: bool
    """The variant with NVIDIA's driver."""


@dataclass(frozen=True, kw_only=True)
class TaintSpec:
    key: str
    value: str | None
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"]


@dataclass(frozen=True, kw_only=True)
class DiskSpec:
    """The encrypted gp3 volume that holds images and scratch."""

    gib: int
    iops: int
    throughput_mib: int
    """MiB/s."""
    snapshot_id: str | None = None
    """A data volume with the engine's image in it; None: images are pulled."""


@dataclass(frozen=True, kw_only=True)
class NodePoolSpec:
    name: str
    mode: Literal["managed", "karpenter", "auto"]
    instance_types: tuple[str, ...]
    """All of one shape: the scheduler may take any. More than one where spot needs the choice."""
    capacity: tuple[Capacity, ...]
    """The first is tried first; a later one where the first has none."""
    reservation_ids: tuple[str, ...] = ()
    """Of capacity blocks or reservations."""
    minimum: int
    maximum: int
    """Nodes. A Karpenter pool has a limit of so many times the instance's resources."""
    zones: tuple[str, ...]
    image: NodeImageSpec | None
    """None: Auto Mode chooses."""
    disk: DiskSpec
    local_disks: bool
    """The instance's NVMe disks as one RAID0 for images and weights."""
    fast_pull: bool
    """Images are pulled in parallel and unpacked lazily (SOCI)."""
    gpu: str | None
    """Name of the catalog; None: no GPU."""
    gpus_per_node: int
    efa_interfaces: int = 0
    placement_group: bool = False
    """Nodes close together, for several that serve one replica."""
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    taints: tuple[TaintSpec, ...] = ()
    termination_grace_seconds: int
    """What a node that leaves waits for its pods at most: at least their own grace."""
    consolidate_after_seconds: int
    """An empty node of a Karpenter pool goes after it; one with replicas is never moved."""
