"""Section `pools`: the nodes that serve the model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.settings.aws.words import Zone
from planning.settings.base import Count, CountOrZero, Flag, Section, worded
from planning.settings.engine import CatalogName
from planning.settings.labels import Label, LabelValue
from planning.settings.limits import sizes
from planning.settings.units import Memory

PoolName = Annotated[
    str, worded("^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$", "1 to 32 lower-case letters, digits or -")
]
ReservationId = Annotated[
    str, worded("^cr-[0-9a-f]{8,17}$", "the id of a capacity reservation, such as cr-0a1b2c3d")
]
SnapshotId = Annotated[
    str, worded("^snap-[0-9a-f]{8,17}$", "the id of a snapshot, such as snap-0a1b2c3d")
]
MigProfile = Annotated[
    str,
    worded(r"^all-([1-7]g\.[0-9]{1,3}gb(\.me)?|balanced|enabled)$", "a MIG profile: all-1g.10gb"),
]
Driver = Annotated[str, worded(r"^[0-9]{3}(\.[0-9]{1,3}){0,2}$", "an NVIDIA driver such as 580.95")]


class Toleration(Section):
    """A taint that replicas put up with."""

    key: Label
    """Of the taint."""
    value: LabelValue | None = None
    """Left out: any."""
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None = None
    """Left out: every."""


class Pool(Section):
    """Nodes of one kind, and how replicas are laid over their GPUs."""

    name: PoolName = "serving"
    """Name of the pool."""
    instance_type: CatalogName | None = None
    """An AWS instance type of the catalog. Left out: the cheapest that fits."""
    gpu: CatalogName | None = None
    """A GPU of the catalog, such as `H100`: of nodes that are there already (`kubernetes`), or to
    choose an instance type with it (`eks`)."""
    gpus_per_node: Annotated[Count, Field(le=16)] | None = None
    """GPUs of each node that is there already; with `gpu` only. Left out: 1."""
    alternatives: Annotated[tuple[CatalogName, ...], Field(max_length=16)] = ()
    """Other instance types of the same shape, where that one is not to be had."""
    use: Literal["serving", "system", "other"] = "serving"
    """What runs there: the model, everything beside it, or what is not of this stack. The first
    pool serves."""
    capacity: Literal["on-demand", "spot", "capacity-block", "reservation"] = "on-demand"
    """How instances are bought."""
    fallback: Literal["on-demand"] | None = None
    """What is bought where `capacity` is not to be had (`nodes: karpenter`). Left out: nothing."""
    reservation_ids: Annotated[tuple[ReservationId, ...], Field(max_length=8)] = ()
    """Capacity blocks or reservations that are used up first."""
    nodes: CatalogName | None = None
    """How nodes are run: a node mode of the catalog, such as `managed` or `karpenter`. Left out:
    `karpenter`, which buys and returns nodes as replicas come and go; `auto-mode` with
    `aws.cluster.autoMode`."""
    min_nodes: Annotated[CountOrZero, Field(le=1000)] | None = None
    """Fewest nodes. Left out: as many as the fewest replicas need."""
    max_nodes: Annotated[Count, Field(le=1000)] | None = None
    """Most nodes. Left out: as many as the most replicas need, and one more for a change."""
    zones: Annotated[tuple[Zone, ...], Field(min_length=1, max_length=6)] | None = None
    """Zones of the nodes. Left out: those of the network; one where a replica takes several
    nodes."""
    disk: Annotated[Memory, sizes("20Gi", "16Ti")] | None = None
    """Root volume of a node. Left out: what image and weights need."""
    image_snapshot: SnapshotId | None = None
    """A volume with the engine's image on it, for `start.image: snapshot`."""
    mig_profile: MigProfile | None = None
    """Each GPU as several smaller ones, such as `all-1g.10gb`, with `use: other`."""
    time_slices: Annotated[Count, Field(ge=2, le=48)] | None = None
    """Pods that take turns on each GPU, with `use: other`."""
    efa: Flag | None = None
    """Elastic fabric adapters between nodes. Left out: where a replica takes several nodes."""
    placement_group: Flag | None = None
    """Nodes close together. Left out: where a replica takes several nodes."""
    ami: CatalogName | None = None
    """A node image of the catalog. Left out: the newest one that fits."""
    driver: Driver | None = None
    """NVIDIA driver of nodes that are there already. Left out: not checked."""
    gpu_allocation: Literal["device-plugin", "dra"] = "device-plugin"
    """How a Pod asks for GPUs."""
    tensor_parallel: Annotated[Count, Field(le=16)] | None = None
    """GPUs that divide each layer. Left out: the fewest that hold the model."""
    pipeline_parallel: Annotated[Count, Field(le=16)] | None = None
    """Groups of GPUs that each hold a part of the layers. Left out: 1."""
    nodes_per_replica: Annotated[Count, Field(le=16)] | None = None
    """Nodes that serve one replica together. Left out: 1."""
    node_labels: dict[Label, LabelValue] = Field(default_factory=dict[str, str])
    """Labels that a node must have, such as `nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3`: a
    cluster with several kinds of GPUs is told by them which one is meant."""
    tolerations: Annotated[tuple[Toleration, ...], Field(max_length=16)] = ()
    """Taints of the nodes, beside `nvidia.com/gpu`."""
