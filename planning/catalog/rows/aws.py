"""What EKS and the services around it are made of, and what they cost."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, field

from planning.catalog.rows.base import Fact, Row, above_zero
from planning.catalog.rows.software import Minor

AddonVersion = Annotated[str, Meta(pattern=r"^v\d+\.\d+\.\d+-eksbuild\.\d+\Z")]
Feature = Literal[
    "nodes", "identity", "load-balancer", "volumes", "karpenter", "secrets", "waf", "metrics"
]


class AddonFacts(Fact):
    """An EKS add-on; what has no version for a Kubernetes minor is unresolved."""

    versions: dict[Minor, AddonVersion] = field(default_factory=dict[str, str])
    """By Kubernetes minor version."""
    before_nodes: bool = False
    """Nodes do not become ready without it."""
    service_account: str | None = None
    """Of kube-system, where it asks AWS."""


class ServiceEndpointFacts(Fact):
    """An interface endpoint, by its name after `com.amazonaws.<region>.`."""

    features: Annotated[tuple[Feature, ...], Meta(min_length=1)]
    """What needs it."""


class ServicePriceFacts(Fact):
    """A list price of what is not an instance; the region is in the row's id."""

    region: str
    unit: Literal[
        "hour", "GB", "GB-month", "unit-hour", "month", "IOPS-month", "MiBps-month", "million"
    ]
    usd: Decimal

    def __post_init__(self) -> None:
        above_zero(self.usd)


AddonRow = Row[AddonFacts]
ServiceEndpointRow = Row[ServiceEndpointFacts]
ServicePriceRow = Row[ServicePriceFacts]
