"""What can be rented: GPUs, instances, their quotas and prices."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, field

from planning.catalog.rows.base import Fact, Positive, Row, above_zero

Generation = Literal["turing", "ampere", "ada", "hopper", "blackwell"]
Capability = Annotated[str, Meta(pattern=r"^\d+\.\d\Z")]
"""CUDA compute capability, such as 8.9."""
Version = Annotated[str, Meta(pattern=r"^\d+(\.\d+)*\Z")]
QuotaCode = Annotated[str, Meta(pattern=r"^L-[0-9A-F]{8}\Z")]
Family = Annotated[str, Meta(pattern=r"^[a-z]+\d*\Z")]
Families = Annotated[tuple[Family, ...], Meta(min_length=1)]


class GpuFacts(Fact):
    """One NVIDIA GPU; what is not known is absent, never 0."""

    memory_mib: Positive
    """As the EC2 API states it."""
    visible_bytes: Positive | None = None
    """As CUDA shows it to a program; absent: not known."""
    bandwidth_gb_per_s: Positive
    """Of the memory, by data sheet; 10^9 bytes."""
    dense_tflops: dict[Literal["fp16", "bf16", "int8", "fp8", "fp4"], float]
    """Tensor cores without sparsity, by data sheet; 10^12 operations a second."""
    architecture: Generation
    compute_capability: Capability
    min_cuda: Version | None = None
    """First CUDA release whose compilers make code for it; absent: older than any image here."""
    min_driver: Version | None = None
    """Where it needs a newer driver than its CUDA release does."""
    mig_profiles: tuple[str, ...] = ()
    """Names by which NVIDIA's manager divides it, `all-balanced` beside them; absent: it does not,
    or is not known."""


class InstanceFacts(Fact):
    """One AWS instance type."""

    gpu: str | None = None
    """A row of gpus.yaml."""
    gpus: Annotated[int, Meta(ge=0)] = 0
    """Whole GPUs; 0 beside a `gpu` is a slice of one."""
    vcpus: Positive
    memory_mib: Positive
    nvme_gb: Positive | None = None
    """All local disks together, 10^9 bytes."""
    efa: Positive | None = None
    """Elastic fabric adapters."""
    breaks_with_driver: Version | None = None
    """First NVIDIA driver branch that it does not work with."""
    quota: str
    """A row of quotas.yaml."""


class QuotaFacts(Fact):
    """A service quota on vCPUs that run on demand, and the spot quotas of the same families."""

    code: QuotaCode
    covers: str
    families: Families
    """First letters of the instance types, such as `g`."""
    spot: dict[QuotaCode, Families] = field(default_factory=dict[QuotaCode, Families])
    """Code to families, as above or with a generation such as `p5`; not named: not known."""


class PriceFacts(Fact):
    """On-demand list price: Linux, shared tenancy."""

    instance: str
    region: str
    usd_per_hour: Decimal

    def __post_init__(self) -> None:
        above_zero(self.usd_per_hour)


class HfHardwareFacts(Fact):
    """One size of a Hugging Face Inference Endpoint."""

    gpu: str | None = None
    """A row of gpus.yaml; absent: a CPU."""
    gpus: Annotated[int, Meta(ge=0)] = 0
    vcpus: Positive | None = None
    memory_gb: Annotated[float, Meta(gt=0)] | None = None
    """RAM of one replica as Hugging Face states it, counted as 10^9 bytes."""
    usd_per_hour: Decimal
    """Of one replica; where regions differ, in the dearest."""
    status: Literal["listed", "deprecated"]

    def __post_init__(self) -> None:
        above_zero(self.usd_per_hour)


GpuRow = Row[GpuFacts]
InstanceRow = Row[InstanceFacts]
QuotaRow = Row[QuotaFacts]
PriceRow = Row[PriceFacts]
HfHardwareRow = Row[HfHardwareFacts]
