"""How resources of a Pulumi type are priced."""

from __future__ import annotations

from typing import Literal

from planning.catalog.rows.base import Fact, Row

PricedBy = Literal[
    "hourly",
    "monthly",
    "eks-cluster",
    "node-group",
    "auto-scaling-group",
    "instance",
    "volume",
    "interface-endpoint",
    "load-balancer",
    "web-acl",
    "certificate",
    "node-pool",
    "service",
    "ingress",
    "claim",
    "release",
    "inference-endpoint",
]


class CostKindFacts(Fact):
    """What such a resource is billed by; a type without a row is unpriced.

    The id is a Pulumi type, or the beginning of some before a `*`: the longest that fits counts.
    """

    by: PricedBy | None = None
    """The arithmetic; absent: nothing of it is billed by time."""
    price: str | None = None
    """A row of service_prices.yaml after its region, for `hourly` and `monthly`."""
    usage: tuple[str, ...] = ()
    """Rows of service_prices.yaml that are billed by an amount which no program states."""
    free: str | None = None
    """Why it costs nothing by itself; its source says so."""
    unpriced: str | None = None
    """Why nobody can tell what it costs."""


CostKindRow = Row[CostKindFacts]
