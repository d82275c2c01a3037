"""AWS's services inside the VPC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi import Input, Resource, ResourceOptions
from pulumi_aws import ec2, vpc

from components.aws.component import AwsComponent
from components.specs.aws import NetworkSpec


@dataclass(frozen=True, kw_only=True)
class EndpointsArgs:
    spec: NetworkSpec
    region: str
    vpc_id: Input[str]
    subnets: Sequence[Input[str]]
    """Each gets an interface of every endpoint."""
    tables: Sequence[Input[str]]
    """Get a route to S3."""
    tags: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class EndpointsResources:
    s3: ec2.VpcEndpoint | None
    group: ec2.SecurityGroup | None
    interfaces: Mapping[str, ec2.VpcEndpoint]
    """By the service's name."""


class Endpoints(AwsComponent):
    """S3 by a route, which costs nothing; others by an interface in each private subnet."""

    resources: EndpointsResources

    def __init__(self, name: str, args: EndpointsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("Endpoints", name, args.tags, opts)
        names = args.spec.interface_endpoints
        group = self._create_group(args) if names else None
        self.resources = EndpointsResources(
            s3=self._create_s3(args) if args.spec.s3_endpoint else None,
            group=group,
            interfaces={
                service: self._create_interface(service, group, args)
                for service in names
                if group is not None
            },
        )
        self.register_outputs({})

    @property
    def everything(self) -> tuple[Resource, ...]:
        """To wait for, by what needs a service from its first moment."""
        found = self.resources
        return (*([found.s3] if found.s3 else ()), *found.interfaces.values())

    def _create_s3(self, args: EndpointsArgs) -> ec2.VpcEndpoint:
        return ec2.VpcEndpoint(
            self.named("s3"),
            vpc_id=args.vpc_id,
            service_name=f"com.amazonaws.{args.region}.s3",
            vpc_endpoint_type="Gateway",
            route_table_ids=args.tables,
            tags=self.tagged("s3"),
            opts=self.child(),
        )

    def _create_group(self, args: EndpointsArgs) -> ec2.SecurityGroup:
        group = ec2.SecurityGroup(
            self.named("group"),
            description="HTTPS from the VPC to the interfaces of AWS services",
            vpc_id=args.vpc_id,
            tags=self.tagged("group"),
            opts=self.child(),
        )
        vpc.SecurityGroupIngressRule(
            self.named("https"),
            security_group_id=group.id,
            description="HTTPS from the VPC",
            cidr_ipv4=args.spec.cidr,
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            tags=self.tagged("https"),
            opts=self.child(),
        )
        return group

    def _create_interface(
        self, service: str, group: ec2.SecurityGroup, args: EndpointsArgs
    ) -> ec2.VpcEndpoint:
        part = service.replace(".", "-")
        return ec2.VpcEndpoint(
            self.named(part),
            vpc_id=args.vpc_id,
            service_name=f"com.amazonaws.{args.region}.{service}",
            vpc_endpoint_type="Interface",
            # The service's own name leads here: clients need no setting.
            private_dns_enabled=True,
            subnet_ids=args.subnets,
            security_group_ids=[group.id],
            tags=self.tagged(part),
            opts=self.child(),
        )
