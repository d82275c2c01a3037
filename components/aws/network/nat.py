"""The way out for private subnets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pulumi import Input, ResourceOptions
from pulumi_aws import ec2

from components.aws.component import AwsComponent
from components.aws.network.subnets import ANYWHERE


@dataclass(frozen=True, kw_only=True)
class NatArgs:
    kind: Literal["single", "per-zone"]
    public: Mapping[str, Input[str]]
    """Id of each zone's public subnet."""
    tables: Mapping[str, Input[str]]
    """Id of each zone's private route table."""
    internet: ec2.InternetGateway
    tags: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class NatResources:
    gateways: Mapping[str, ec2.NatGateway]
    """By zone."""
    routes: tuple[ec2.Route, ...]


class Nat(AwsComponent):
    """One gateway for all zones, or one in each: then no zone's fall takes another's way out."""

    resources: NatResources

    def __init__(self, name: str, args: NatArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("Nat", name, args.tags, opts)
        zones = list(args.public)[: 1 if args.kind == "single" else None]
        gateways = {zone: self._create_gateway(zone, args) for zone in zones}
        routes = tuple(
            # A zone without a gateway of its own goes through the first one.
            self._create_route(zone, table, gateways.get(zone, gateways[zones[0]]))
            for zone, table in args.tables.items()
        )
        self.resources = NatResources(gateways=gateways, routes=routes)
        self.register_outputs({})

    def _create_gateway(self, zone: str, args: NatArgs) -> ec2.NatGateway:
        # AWS gives a VPC's addresses out only while it has a way to the Internet.
        opts = self.child(args.internet)
        address = ec2.Eip(
            self.named(f"{zone}-address"),
            domain="vpc",
            tags=self.tagged(f"{zone}-address"),
            opts=opts,
        )
        return ec2.NatGateway(
            self.named(zone),
            subnet_id=args.public[zone],
            allocation_id=address.id,
            tags=self.tagged(zone),
            opts=opts,
        )

    def _create_route(self, zone: str, table: Input[str], gateway: ec2.NatGateway) -> ec2.Route:
        return ec2.Route(
            self.named(f"{zone}-out"),
            route_table_id=table,
            destination_cidr_block=ANYWHERE,
            nat_gateway_id=gateway.id,
            opts=self.child(),
        )
