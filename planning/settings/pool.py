"""Section `pools`: the nodes that serve the model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.settings.base import Count, Section, worded
from planning.settings.engine import CatalogName
from planning.settings.labels import Label, LabelValue

PoolName = Annotated[
    str, worded("^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$", "1 to 32 lower-case letters, digits or -")
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
    capacity: Literal["on-demand", "spot", "capacity-block"] = "on-demand"
    """How instances are bought."""
    nodes: CatalogName = "managed"
    """How nodes are run: a node mode of the catalog, such as `managed` or `karpenter`."""
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
