"""The network: subnets by arithmetic, and the endpoints that a network without NAT needs."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from components.specs.aws import ExistingNetworkSpec, NetworkSpec, ZoneSpec
from planning.catalog import Catalog
from planning.catalog.rows.aws import Feature
from planning.eks.defaults import edge_is_internal, edge_kind, flow_log_days, nat, zone_names
from planning.settings.aws import Aws

PRIVATE_BITS, PUBLIC_BITS = 3, 6
"""Of a VPC's range: eighths for nodes and pods, and the last eighth in eight for what faces
outward. Six zones at most."""


def network_spec(aws: Aws, features: frozenset[Feature], catalog: Catalog) -> NetworkSpec:
    vpc = aws.network.vpc
    return NetworkSpec(
        existing=ExistingNetworkSpec(
            vpc_id=vpc.id,
            private_subnets=dict(vpc.private_subnets),
            public_subnets=dict(vpc.public_subnets),
        )
        if vpc
        else None,
        cidr=aws.network.cidr,
        zones=() if vpc else tuple(_zones(aws)),
        nat=nat(aws),
        interface_endpoints=tuple(_endpoints(aws, features, catalog)),
        s3_endpoint=vpc is None,
        flow_log_days=flow_log_days(aws),
    )


def _zones(aws: Aws) -> Iterator[ZoneSpec]:
    whole = IPv4Network(aws.network.cidr, strict=False)
    eighths = list(whole.subnets(PRIVATE_BITS))
    outward = list(eighths[-1].subnets(PUBLIC_BITS - PRIVATE_BITS))
    faces = _faces_outward(aws)
    for index, name in enumerate(zone_names(aws)):
        yield ZoneSpec(
            name=name,
            private_cidr=str(eighths[index]),
            public_cidr=str(outward[index]) if faces else None,
        )


def _faces_outward(aws: Aws) -> bool:
    """Whether a NAT gateway or a load balancer does."""
    return nat(aws) != "none" or (edge_kind(aws) != "none" and not edge_is_internal(aws))


def _endpoints(aws: Aws, features: frozenset[Feature], catalog: Catalog) -> Iterator[str]:
    """Behind a NAT gateway all of AWS is reached through it."""
    if nat(aws) != "none" or aws.network.vpc is not None:
        return
    for name, row in catalog.service_endpoints.items():
        if features.intersection(row.value.features):
            yield name
