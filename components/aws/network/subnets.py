"""Subnets of a VPC, private and public, and the tables that say where their traffic goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input, Resource, ResourceOptions
from pulumi_aws import ec2

from components.aws.component import AwsComponent
from components.specs.aws import NetworkSpec

DISCOVERY = "karpenter.sh/discovery"
"""Tag by which Karpenter finds what is its cluster's."""
ANYWHERE = "0.0.0.0/0"


@dataclass(frozen=True, kw_only=True)
class SubnetsArgs:
    spec: NetworkSpec
    vpc_id: Input[str]
    cluster: str
    """Whose subnets they are, for those who look for them."""
    tags: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class SubnetsResources:
    """By zone."""

    private: Mapping[str, ec2.Subnet]
    public: Mapping[str, ec2.Subnet]
    private_tables: Mapping[str, ec2.RouteTable]
    internet: ec2.InternetGateway | None
    associations: tuple[Resource, ...]


class Subnets(AwsComponent):
    """Nodes lie in the private ones; load balancers and NAT gateways in the public ones."""

    resources: SubnetsResources

    def __init__(self, name: str, args: SubnetsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("Subnets", name, args.tags, opts)
        self._args = args
        private = self._create_private()
        public = self._create_public()
        tables = {zone: self._create_table(f"private-{zone}") for zone in private}
        associations = [
            self._associate(f"private-{zone}", subnet, tables[zone])
            for zone, subnet in private.items()
        ]
        internet = self._create_internet() if public else None
        if internet is not None:
            table = self._create_public_table(internet)
            associations += [
                self._associate(f"public-{zone}", subnet, table) for zone, subnet in public.items()
            ]
        self.resources = SubnetsResources(
            private=private,
            public=public,
            private_tables=tables,
            internet=internet,
            associations=tuple(associations),
        )
        self.register_outputs({})

    def _create_private(self) -> dict[str, ec2.Subnet]:
        found_by = {"kubernetes.io/role/internal-elb": "1", DISCOVERY: self._args.cluster}
        return {
            zone.name: self._create_subnet(f"private-{zone.name}", zone.private_cidr, found_by)
            for zone in self._args.spec.zones
        }

    def _create_public(self) -> dict[str, ec2.Subnet]:
        found_by = {"kubernetes.io/role/elb": "1"}
        return {
            zone.name: self._create_subnet(f"public-{zone.name}", zone.public_cidr, found_by)
            for zone in self._args.spec.zones
            if zone.public_cidr is not None
        }

    def _create_subnet(self, part: str, cidr: str, found_by: Mapping[str, str]) -> ec2.Subnet:
        return ec2.Subnet(
            self.named(part),
            vpc_id=self._args.vpc_id,
            availability_zone=part.partition("-")[2],
            cidr_block=cidr,
            # Load balancers and NAT gateways have addresses of their own; nothing else has one.
            map_public_ip_on_launch=False,
            tags=self.tagged(part, found_by),
            opts=self.child(),
        )

    def _create_internet(self) -> ec2.InternetGateway:
        return ec2.InternetGateway(
            self.named("internet"),
            vpc_id=self._args.vpc_id,
            tags=self.tagged("internet"),
            opts=self.child(),
        )

    def _create_public_table(self, internet: ec2.InternetGateway) -> ec2.RouteTable:
        table = self._create_table("public")
        ec2.Route(
            self.named("public-out"),
            route_table_id=table.id,
            destination_cidr_block=ANYWHERE,
            gateway_id=internet.id,
            opts=self.child(),
        )
        return table

    def _create_table(self, part: str) -> ec2.RouteTable:
        """A private one for each zone, also where all are alike: then NAT changes routes alone."""
        part = f"{part}-routes"
        return ec2.RouteTable(
            self.named(part),
            vpc_id=self._args.vpc_id,
            tags=self.tagged(part),
            opts=self.child(),
        )

    def _associate(
        self, part: str, subnet: ec2.Subnet, table: ec2.RouteTable
    ) -> ec2.RouteTableAssociation:
        return ec2.RouteTableAssociation(
            self.named(f"{part}-association"),
            subnet_id=subnet.id,
            route_table_id=table.id,
            opts=self.child(),
        )
