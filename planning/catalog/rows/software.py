"""What runs on rented hardware: engine images, CUDA, node images, clusters and operators."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from msgspec import Meta, field

from planning.catalog.rows.base import Fact, Positive, Row
from planning.catalog.rows.hardware import Capability, Generation, Version

Minor = Annotated[str, Meta(pattern=r"^1\.\d+\Z")]
"""A Kubernetes minor version."""
Allocation = Literal["device-plugin", "dra"]


class EngineVersionFacts(Fact):
    """One engine image; the contract of flags and advisories belongs to it, not to the engine."""

    engine: Literal["onnx", "vllm", "triton", "tensorrt-llm"]
    image: str | None = None
    """Without its digest; absent: built here."""
    image_bytes: Positive | None = None
    """Of all layers as pulled; absent: not known for this release."""
    contains: dict[str, Version]
    """Software to version: advisories are looked up by these."""
    cuda: Version | None = None
    """Release it is built with; absent: runs without GPU."""
    driver: Version | None = None
    """Oldest NVIDIA driver that its maker states for it."""
    min_capability: Capability | None = None
    generations: tuple[Generation, ...] = ()
    """GPU generations that its maker supports; empty: all from `min_capability` on."""
    backends: tuple[str, ...] = ()
    """Of Triton: what it can load."""
    gpu_memory_utilization: Annotated[float, Meta(gt=0, le=1)] | None = None
    """Default share of a GPU's memory that the engine takes."""


class CudaFacts(Fact):
    """A CUDA major release."""

    min_driver: Version
    """For minor version compatibility: any release of the family runs, some features missing."""


class SupportFacts(Fact):
    """GPU generations on which an engine runs a storage format of weights."""

    engine: Literal["vllm", "tensorrt-llm"]
    storage: str
    computes: tuple[Generation, ...]
    """Those that also calculate in it, or for which it is a format of storage only."""
    stores: tuple[Generation, ...] = ()
    """Those that unpack it before every multiplication: saves memory, no time."""


class ModelSupportFacts(Fact):
    """What one release of an engine loads, by `architectures` of config.json."""

    software: str
    version: Version
    exhaustive: bool
    """Whether a name that is absent is sure not to load; else the list is its maker's page."""
    architectures: Annotated[tuple[str, ...], Meta(min_length=1)]


class AmiFacts(Fact):
    """A node image for EKS with NVIDIA drivers."""

    family: Literal["al2", "al2023", "bottlerocket"]
    kubernetes: tuple[Minor, ...] = ()
    """Versions that the row speaks for; empty: not known."""
    drivers: tuple[Version, ...] = ()
    """Drivers it carries; of several it takes the one that the instance type needs."""
    ends: datetime.date | None = None
    broken: dict[str, str] = field(default_factory=dict[str, str])
    """Instance families that do not work with it, and where that is reported."""


class KubernetesFacts(Fact):
    """A Kubernetes minor version and when its support ends."""

    upstream_ends: datetime.date
    eks_standard_ends: datetime.date
    eks_extended_ends: datetime.date


class KubernetesFeatureFacts(Fact):
    """A feature of Kubernetes that not every version has."""

    gate: str
    """Feature gate of API server and kubelet."""
    since: Minor
    """First version that can be told to have it, under Pod Security `restricted`."""
    by_default: Minor
    """First version that has it unasked."""
    runtime: str
    """What the nodes' container runtime must be at least."""


class NodeModeFacts(Fact):
    """A way to run nodes on EKS."""

    allocations: tuple[Allocation, ...]
    """How a Pod may ask for a GPU."""


class OperatorFacts(Fact):
    """An operator from a version on, up to the next row of the same operator."""

    operator: str
    version: Version
    kubernetes: tuple[Minor, ...] = ()
    """Empty: not known."""
    outside: Literal["error", "warning"] = "error"
    """Whether other versions are refused by its maker, or only untested."""
    ends: datetime.date | None = None


class AdvisoryFacts(Fact):
    """A known vulnerability."""

    software: str
    identifiers: Annotated[tuple[str, ...], Meta(min_length=1)]
    what: str
    fixed_in: Version | None = None
    """Absent: the advisory is known, the fixed release is not."""
    confidence: Literal["confirmed", "secondary"]
    """Confirmed: by a vendor or osv.dev. Secondary: a database or blog says so."""


EngineVersionRow = Row[EngineVersionFacts]
CudaRow = Row[CudaFacts]
SupportRow = Row[SupportFacts]
ModelSupportRow = Row[ModelSupportFacts]
AmiRow = Row[AmiFacts]
KubernetesRow = Row[KubernetesFacts]
KubernetesFeatureRow = Row[KubernetesFeatureFacts]
NodeModeRow = Row[NodeModeFacts]
OperatorRow = Row[OperatorFacts]
AdvisoryRow = Row[AdvisoryFacts]
