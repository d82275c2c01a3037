"""Section `aws.network`: the network of the cluster."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.settings.aws.words import Cidr, Zone
from planning.settings.base import Section, worded

VpcId = Annotated[str, worded("^vpc-[0-9a-f]{8,17}$", "the id of a VPC, such as vpc-0a1b2c3d")]
SubnetId = Annotated[
    str, worded("^subnet-[0-9a-f]{8,17}$", "the id of a subnet, such as subnet-0a1b2c3d")
]
LogDays = Literal[3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827]
"""That CloudWatch Logs keeps; one day is left out, as true would be taken for it."""


class ExistingVpc(Section):
    """A VPC that is there; nothing of it is changed."""

    id: VpcId
    """Of the VPC."""
    private_subnets: dict[Zone, SubnetId]
    """A subnet for nodes in each zone, such as `us-east-1a: subnet-…`."""
    public_subnets: dict[Zone, SubnetId] = Field(default_factory=dict[str, str])
    """A subnet for load balancers that the internet reaches, in each zone."""


class Network(Section):
    """The network of the cluster."""

    cidr: Cidr = "10.0.0.0/16"
    """Of the VPC that is made; with `vpc`, the range that it has."""
    vpc: ExistingVpc | None = None
    """A VPC that is there. Left out: one is made."""
    nat: Literal["none", "single", "perZone"] | None = None
    """How nodes reach the internet: not at all, but AWS through endpoints (`none`); by one NAT
    gateway; by one in each zone. Left out: `perZone` with `environment: prod`, else `single`."""
    flow_log_days: LogDays | None = None
    """Days that flow logs are kept. Left out: none are written, or 365 with `environment:
    prod`."""
