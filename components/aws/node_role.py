"""Who a node is to AWS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Output, Resource, ResourceOptions
from pulumi_aws import eks, iam

from components.aws.component import AwsComponent
from components.aws.identity import ScopeArgs, rendered
from components.aws.policies import node
from components.aws.role import ServiceRole, ServiceRoleArgs
from components.specs.aws import IdentitySpec

_NEEDS = ("partition", "region", "account_id", "cluster_name", "cache_prefix")


@dataclass(frozen=True, kw_only=True)
class NodeRoleArgs:
    """What a NodeRole is made from."""

    scope: ScopeArgs
    identity: IdentitySpec
    tags: Mapping[str, str]


class NodeRole(AwsComponent):
    """It joins the cluster and pulls images; what a pod may do is its own role's."""

    role: ServiceRole
    arn: Output[str]
    name: Output[str]

    def __init__(self, name: str, args: NodeRoleArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("NodeRole", name, args.tags, opts)
        self.role = ServiceRole(
            self.named("role"),
            ServiceRoleArgs(
                service="ec2.amazonaws.com",
                inline={"node": rendered(node, args.scope, _NEEDS)},
                identity=args.identity,
                tags=args.tags,
            ),
            self.child(),
        )
        self.arn, self.name = self.role.arn, self.role.resources.role.name
        self.register_outputs({"arn": self.arn})

    @property
    def everything(self) -> tuple[Resource, ...]:
        return self.role.everything


@dataclass(frozen=True, kw_only=True)
class NodeEntryArgs:
    """What a NodeEntry is made from."""

    role: NodeRole
    cluster: Output[str]
    identity: IdentitySpec
    tags: Mapping[str, str]


class NodeEntry(AwsComponent):
    """Lets nodes in that EKS does not start itself, and gives Karpenter a profile to start them."""

    profile: iam.InstanceProfile
    entry: eks.AccessEntry

    def __init__(self, name: str, args: NodeEntryArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("NodeEntry", name, args.tags, opts)
        self.profile = iam.InstanceProfile(
            self.named("profile"),
            role=args.role.name,
            path=args.identity.path,
            tags=self.tagged("profile"),
            opts=self.child(),
        )
        self.entry = eks.AccessEntry(
            self.named("entry"),
            cluster_name=args.cluster,
            principal_arn=args.role.arn,
            type="EC2_LINUX",
            tags=self.tagged("entry"),
            opts=self.child(),
        )
        self.register_outputs({})

    @property
    def everything(self) -> tuple[Resource, ...]:
        """To outlive the nodes that are started with it."""
        return (self.profile, self.entry)
