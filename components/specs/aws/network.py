"""The network of an EKS cluster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Nat = Literal["none", "single", "per-zone"]


@dataclass(frozen=True, kw_only=True)
class ZoneSpec:
    """One availability zone, with a subnet for nodes and one for what faces outward."""

    name: str
    """Such as `us-east-1a`."""
    private_cidr: str
    public_cidr: str | None
    """None: nothing of this zone faces outward."""


@dataclass(frozen=True, kw_only=True)
class ExistingNetworkSpec:
    """A VPC that is there already; nothing of it is changed."""

    vpc_id: str
    private_subnets: Mapping[str, str]
    """Subnet's id by zone; nodes and the control plane's interfaces lie there."""
    public_subnets: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, kw_only=True)
class NetworkSpec:
    """A VPC with private nodes, or the one that is there."""

    existing: ExistingNetworkSpec | None
    """None: all below is made."""
    cidr: str
    zones: tuple[ZoneSpec, ...]
    """At least two: a control plane wants two."""
    nat: Nat
    """`none`: nodes reach AWS through the endpoints alone, and nothing else."""
    interface_endpoints: tuple[str, ...]
    """Names after `com.amazonaws.<region>.`, such as `ecr.api`; one interface a zone each, paid."""
    s3_endpoint: bool
    """The gateway endpoint, which costs nothing."""
    flow_log_days: int | None
    """Kept so long; None: no flow logs."""
