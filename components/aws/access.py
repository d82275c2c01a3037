"""Who else may do everything on the cluster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input, Resource, ResourceOptions
from pulumi_aws import eks

from components.aws.component import AwsComponent
from components.specs.aws import AdminSpec

_ADMIN = "AmazonEKSClusterAdminPolicy"


@dataclass(frozen=True, kw_only=True)
class ClusterAccessArgs:
    """What a ClusterAccess is made from."""

    cluster: Input[str]
    admins: tuple[AdminSpec, ...]
    partition: str
    tags: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ClusterAccessResources:
    """By the admin's name."""

    entries: Mapping[str, eks.AccessEntry]
    policies: Mapping[str, eks.AccessPolicyAssociation]


class ClusterAccess(AwsComponent):
    """Access entries, which AWS keeps: no ConfigMap that locks everybody out."""

    resources: ClusterAccessResources

    def __init__(
        self, name: str, args: ClusterAccessArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("ClusterAccess", name, args.tags, opts)
        entries = {admin.name: self._create_entry(admin, args) for admin in args.admins}
        self.resources = ClusterAccessResources(
            entries=entries,
            policies={
                name: self._create_policy(name, entry, args) for name, entry in entries.items()
            },
        )
        self.register_outputs({})

    @property
    def everything(self) -> tuple[Resource, ...]:
        return (*self.resources.entries.values(), *self.resources.policies.values())

    def _create_entry(self, admin: AdminSpec, args: ClusterAccessArgs) -> eks.AccessEntry:
        return eks.AccessEntry(
            self.named(admin.name),
            cluster_name=args.cluster,
            principal_arn=admin.principal_arn,
            tags=self.tagged(admin.name),
            opts=self.child(),
        )

    def _create_policy(
        self, name: str, entry: eks.AccessEntry, args: ClusterAccessArgs
    ) -> eks.AccessPolicyAssociation:
        return eks.AccessPolicyAssociation(
            self.named(f"{name}-admin"),
            cluster_name=args.cluster,
            principal_arn=entry.principal_arn,
            policy_arn=f"arn:{args.partition}:eks::aws:cluster-access-policy/{_ADMIN}",
            access_scope=eks.AccessPolicyAssociationAccessScopeArgs(type="cluster"),
            opts=self.child(),
        )
