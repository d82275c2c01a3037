"""The load balancer, and how long a gateway has to outlive it."""

from __future__ import annotations

from math import ceil

from components.specs.aws import DomainSpec, EdgeSpec
from components.specs.cluster import ClusterGatewaySpec
from planning.catalog import Catalog
from planning.eks.defaults import edge_is_internal, edge_kind
from planning.settings import Settings

_LEAST_IDLE = 60
"""Seconds; the least of a network load balancer."""


def edge_spec(settings: Settings, gateway: ClusterGatewaySpec) -> EdgeSpec | None:
    """None: reached from inside the cluster only."""
    edge, kind = settings.aws.edge, edge_kind(settings.aws)
    if kind == "none":
        return None
    domain = edge.domain
    return EdgeSpec(
        kind=kind,
        internal=edge_is_internal(settings.aws),
        source_ranges=edge.source_ranges,
        domain=DomainSpec(
            host=domain.host, zone_id=domain.zone_id, certificate_arn=domain.certificate_arn
        )
        if domain
        else None,
        idle_seconds=max(_LEAST_IDLE, ceil(settings.engine.request_timeout.seconds)),
        deregistration_seconds=gateway.pre_stop_seconds + ceil(settings.engine.drain.seconds),
        waf=edge.waf,
    )


def until_unchosen(settings: Settings, catalog: Catalog) -> int:
    """Seconds until the load balancer sends nothing more to a gateway that leaves."""
    row = catalog.timings.get(f"{edge_kind(settings.aws)}/deregistration")
    return ceil(row.value.seconds) if row else 0
