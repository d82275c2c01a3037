"""What a stack would deploy, named by catalog rows; a part that it has not is None."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from planning.catalog.rows.software import Allocation

Capacity = Literal["on-demand", "spot", "capacity-block", "reservation"]


@dataclass(frozen=True, kw_only=True)
class Paths:
    """The keys of the stack file that problems are about."""

    engine: str = "slipway:engine.version"
    storage: str = "slipway:engine.quantization"
    backend: str = "slipway:engine.backend"
    gpu: str = "slipway:pools[0].gpu"
    instance: str = "slipway:pools[0].instanceType"
    capacity: str = "slipway:pools[0].capacity"
    nodes: str = "slipway:pools[0].nodesPerReplica"
    ami: str = "slipway:pools[0].ami"
    driver: str = "slipway:pools[0].driver"
    node_mode: str = "slipway:pools[0].nodes"
    allocation: str = "slipway:pools[0].gpuAllocation"
    kubernetes: str = "slipway:kubernetes.version"
    operators: str = "slipway:kubernetes.operators"
    hf_hardware: str = "slipway:huggingFace.hardware"


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """One pool of replicas and the cluster around it."""

    engine: str
    """A row of engine_versions.yaml."""
    storage: str | None = None
    """How weights are stored, such as bf16 or fp8."""
    backend: str | None = None
    """Of Triton."""
    gpu: str | None = None
    """Where no instance type and no endpoint hardware says it."""
    instance: str | None = None
    region: str | None = None
    capacity: Capacity = "on-demand"
    nodes_per_replica: int = 1
    ami: str | None = None
    driver: str | None = None
    """NVIDIA driver of nodes that are not made from an `ami` of the catalog."""
    node_mode: str | None = None
    allocation: Allocation = "device-plugin"
    kubernetes: str | None = None
    eks: bool = False
    operators: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name to version."""
    hf_hardware: str | None = None
    paths: Paths = field(default_factory=Paths)
