"""A VPC with private nodes, and each way in and out of it; or the VPC that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input, Output, Resource, ResourceOptions
from pulumi_aws import ec2

from components.aws.component import AwsComponent
from components.aws.network.endpoints import Endpoints, EndpointsArgs
from components.aws.network.existing import checked_network
from components.aws.network.flow_logs import FlowLogs, FlowLogsArgs
from components.aws.network.nat import Nat, NatArgs
from components.aws.network.subnets import Subnets, SubnetsArgs
from components.specs.aws import ExistingNetworkSpec, IdentitySpec, NetworkSpec


@dataclass(frozen=True, kw_only=True)
class NetworkArgs:
    """What a Network is made from."""

    spec: NetworkSpec
    region: str
    cluster: str
    """Name of the cluster that will use it: subnets are found by it."""
    key_arn: Input[str] | None
    """KMS key of the flow logs; None: AWS's own."""
    identity: IdentitySpec
    tags: Mapping[str, str]
    protect: bool


@dataclass(frozen=True, kw_only=True)
class NetworkResources:
    """Each child, for users and tests."""

    vpc: ec2.Vpc
    subnets: Subnets
    nat: Nat | None
    endpoints: Endpoints
    flow_logs: FlowLogs | None


class Network(AwsComponent):
    """Where a cluster lies."""

    resources: NetworkResources | None
    """None: the VPC is there already."""
    vpc_id: Output[str]
    private_subnets: Mapping[str, Output[str]]
    """Id of each zone's subnet for nodes."""
    ready: tuple[Resource, ...]
    """To wait for, by what starts in it: without its ways out a node never joins."""
    subnets: tuple[Resource, ...]
    """Those that are made; what is left in them keeps them from going."""

    def __init__(self, name: str, args: NetworkArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("Network", name, args.tags, opts)
        self._args, self._spec = args, args.spec
        if args.spec.existing is not None:
            self._use(args.spec.existing)
        else:
            self._create()
        self.register_outputs({"vpcId": self.vpc_id})

    def _use(self, existing: ExistingNetworkSpec) -> None:
        checked = checked_network(existing, self)
        self.resources, self.ready, self.subnets = None, (), ()
        self.vpc_id = checked.apply(lambda network: network.vpc_id)
        self.private_subnets = {
            zone: checked.apply(lambda network, zone=zone: network.private_subnets[zone])
            for zone in existing.private_subnets
        }

    def _create(self) -> None:
        vpc = self._create_vpc()
        subnets = self._create_subnets(vpc)
        nat = self._create_nat(subnets)
        endpoints = self._create_endpoints(vpc, subnets)
        self.resources = NetworkResources(
            vpc=vpc,
            subnets=subnets,
            nat=nat,
            endpoints=endpoints,
            flow_logs=self._create_flow_logs(vpc),
        )
        made = subnets.resources
        self.vpc_id = vpc.id
        self.private_subnets = {zone: subnet.id for zone, subnet in made.private.items()}
        self.subnets = (*made.private.values(), *made.public.values())
        routes = nat.resources.routes if nat else ()
        self.ready = (*made.associations, *routes, *endpoints.everything)

    def _create_vpc(self) -> ec2.Vpc:
        vpc = ec2.Vpc(
            self.named("vpc"),
            cidr_block=self._spec.cidr,
            # With both, the names of AWS's services lead to the endpoints.
            enable_dns_hostnames=True,
            enable_dns_support=True,
            tags=self.tagged("vpc"),
            opts=self.child(protect=self._args.protect),
        )
        # AWS makes one that lets all of its members talk: taken over, and emptied.
        ec2.DefaultSecurityGroup(
            self.named("default-group"),
            vpc_id=vpc.id,
            ingress=[],
            egress=[],
            tags=self.tagged("default-group"),
            opts=self.child(),
        )
        return vpc

    def _create_subnets(self, vpc: ec2.Vpc) -> Subnets:
        return Subnets(
            self.named("subnets"),
            SubnetsArgs(
                spec=self._spec,
                vpc_id=vpc.id,
                cluster=self._args.cluster,
                tags=self._args.tags,
            ),
            self.child(),
        )

    def _create_nat(self, subnets: Subnets) -> Nat | None:
        made = subnets.resources
        if self._spec.nat == "none" or made.internet is None:
            return None
        return Nat(
            self.named("nat"),
            NatArgs(
                kind=self._spec.nat,
                public={zone: subnet.id for zone, subnet in made.public.items()},
                tables={zone: table.id for zone, table in made.private_tables.items()},
                internet=made.internet,
                tags=self._args.tags,
            ),
            self.child(),
        )

    def _create_endpoints(self, vpc: ec2.Vpc, subnets: Subnets) -> Endpoints:
        made = subnets.resources
        return Endpoints(
            self.named("endpoints"),
            EndpointsArgs(
                spec=self._spec,
                region=self._args.region,
                vpc_id=vpc.id,
                subnets=[subnet.id for subnet in made.private.values()],
                tables=[table.id for table in made.private_tables.values()],
                tags=self._args.tags,
            ),
            self.child(),
        )

    def _create_flow_logs(self, vpc: ec2.Vpc) -> FlowLogs | None:
        if self._spec.flow_log_days is None:
            return None
        return FlowLogs(
            self.named("flow-logs"),
            FlowLogsArgs(
                days=self._spec.flow_log_days,
                key_arn=self._args.key_arn,
                vpc_id=vpc.id,
                identity=self._args.identity,
                tags=self._args.tags,
            ),
            self.child(),
        )
