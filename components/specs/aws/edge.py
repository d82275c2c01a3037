"""How requests from outside reach the gateway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class DomainSpec:
    """A name in Route 53 and its certificate."""

    host: str
    zone_id: str
    certificate_arn: str | None
    """None: one is asked of ACM and proven by DNS."""


@dataclass(frozen=True, kw_only=True)
class EdgeSpec:
    """The load balancer that the AWS Load Balancer Controller, or Auto Mode, makes."""

    kind: Literal["nlb", "alb"]
    internal: bool
    """Reached from the VPC alone."""
    source_ranges: tuple[str, ...]
    """Who may connect; empty: anybody who reaches it."""
    domain: DomainSpec | None
    """None: plain HTTP on the load balancer's own name."""
    idle_seconds: int
    """At least the longest silence of an answer."""
    deregistration_seconds: int
    """At most the gateway's own time before it ends: then no connection is cut."""
    waf: bool
    """A web ACL with AWS's managed rules and a rate limit per address; alb only."""
