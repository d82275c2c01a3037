"""Section `aws.edge`: how requests from outside the cluster come in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.settings.aws.words import Arn, Cidr
from planning.settings.base import Flag, Section, worded
from planning.settings.kubernetes import Host

HostedZone = Annotated[str, worded("^Z[A-Z0-9]{5,31}$", "the id of a hosted zone, such as Z0A1B2C")]


class Domain(Section):
    """A name in Route 53 and its certificate."""

    host: Host
    """Name that clients call."""
    zone_id: HostedZone
    """The hosted zone that the name lies in."""
    certificate_arn: Arn | None = None
    """A certificate of ACM in that region. Left out: one is asked for, and proven by DNS."""


class Edge(Section):
    """How requests from outside the cluster come in."""

    kind: Literal["none", "nlb", "alb"] | None = None
    """A network or an application load balancer. Left out: `nlb` with `environment: prod`, or where
    anything else is said here, else `none`: only inside the cluster."""
    internal: Flag | None = None
    """Reached from the VPC alone. Left out: true with `environment: prod`."""
    source_ranges: Annotated[tuple[Cidr, ...], Field(max_length=64)] = ()
    """Who may connect. Left out: anybody who reaches it."""
    domain: Domain | None = None
    """A name and its certificate. Left out: plain HTTP at the load balancer's own name."""
    waf: Flag = False
    """A web ACL with AWS's managed rules and a limit per address (`alb`)."""
