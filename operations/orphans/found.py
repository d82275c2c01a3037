"""Something that is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Found:
    arn: str
    kind: str
    """Service and type, such as `ec2:natgateway`."""
    name: str
    """Its logical name where the stack made it itself; else empty."""
    created: datetime | None
    """None: the service does not say, or not to us."""
    monthly_usd: Decimal | None
    """Of a month of 730 hours; None: not known, or by use."""

    @property
    def id(self) -> str:
        """The last part of its ARN, by which people and consoles call it."""
        return self.arn.rpartition(":")[2].partition("/")[2] or self.arn.rpartition(":")[2]


def kind_of(arn: str) -> str:
    """`ec2:natgateway` of `arn:aws:ec2:…:natgateway/nat-1`."""
    _, _, service, _, _, resource = arn.split(":", 5)
    kind = resource.replace(":", "/").partition("/")[0]
    return service if kind == resource else f"{service}:{kind}"
