"""The control plane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi import Input, Output, Resource, ResourceOptions
from pulumi_aws import cloudwatch, eks

from components.aws.component import AwsComponent
from components.aws.role import ServiceRole, ServiceRoleArgs
from components.specs.aws import EksClusterSpec, IdentitySpec

_POLICIES = ("AmazonEKSClusterPolicy",)
_AUTO_POLICIES = (
    "AmazonEKSBlockStoragePolicy",
    "AmazonEKSComputePolicy",
    "AmazonEKSLoadBalancingPolicy",
    "AmazonEKSNetworkingPolicy",
)
_AUTO_POOLS = ("general-purpose", "system")


@dataclass(frozen=True, kw_only=True)
class ControlPlaneArgs:
    """What a ControlPlane is made from."""

    name: str
    """Of the cluster: log group, subnets and policies hold it."""
    spec: EksClusterSpec
    partition: str
    subnets: Sequence[Input[str]]
    key_arn: Input[str] | None
    """KMS key of the cluster's secrets and logs; None: AWS's own."""
    auto_node_role: Input[str] | None
    """ARN of the role of Auto Mode's nodes; None without Auto Mode."""
    identity: IdentitySpec
    after: tuple[Resource, ...] = ()
    tags: Mapping[str, str]
    protect: bool


@dataclass(frozen=True, kw_only=True)
class ControlPlaneResources:
    cluster: eks.Cluster
    role: ServiceRole
    logs: cloudwatch.LogGroup


class ControlPlane(AwsComponent):
    """Who may do what on it is said by access entries alone; a later version updates in place."""

    resources: ControlPlaneResources
    name: Output[str]
    endpoint: Output[str]
    certificate_authority: Output[str]
    """PEM, base64."""
    security_group: Output[str]
    """Id of the group that control plane and nodes share."""
    service_cidr: Output[str]

    def __init__(
        self, name: str, args: ControlPlaneArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("ControlPlane", name, args.tags, opts)
        self._args, self._spec = args, args.spec
        role = self._create_role()
        logs = self._create_logs()
        cluster = self._create_cluster(role, logs)
        self.resources = ControlPlaneResources(cluster=cluster, role=role, logs=logs)
        self.name, self.endpoint = cluster.name, cluster.endpoint
        self.certificate_authority = cluster.certificate_authority.apply(_data)
        self.security_group = cluster.vpc_config.apply(_security_group)
        self.service_cidr = cluster.kubernetes_network_config.apply(_service_cidr)
        self.register_outputs({"name": self.name, "endpoint": self.endpoint})

    def _create_role(self) -> ServiceRole:
        auto = self._spec.auto_mode
        policies = (*_POLICIES, *(_AUTO_POLICIES if auto else ()))
        return ServiceRole(
            self.named("role"),
            ServiceRoleArgs(
                service="eks.amazonaws.com",
                actions=("sts:AssumeRole", *(("sts:TagSession",) if auto else ())),
                managed=tuple(
                    f"arn:{self._args.partition}:iam::aws:policy/{policy}" for policy in policies
                ),
                identity=self._args.identity,
                tags=self._args.tags,
            ),
            self.child(),
        )

    def _create_logs(self) -> cloudwatch.LogGroup:
        """Before the cluster: EKS would make one that never forgets."""
        return cloudwatch.LogGroup(
            self.named("logs"),
            name=f"/aws/eks/{self._args.name}/cluster",
            retention_in_days=self._spec.log_days,
            kms_key_id=self._args.key_arn,
            tags=self.tagged("logs"),
            opts=self.child(),
        )

    def _create_cluster(self, role: ServiceRole, logs: Resource) -> eks.Cluster:
        spec, auto = self._spec, self._spec.auto_mode
        return eks.Cluster(
            self.named("cluster"),
            name=self._args.name,
            version=spec.version,
            role_arn=role.arn,
            vpc_config=_reached(spec, self._args.subnets),
            access_config=eks.ClusterAccessConfigArgs(
                authentication_mode="API",
                # Who makes it installs what runs on it.
                bootstrap_cluster_creator_admin_permissions=True,
            ),
            # Add-ons are the stack's own, at its versions.
            bootstrap_self_managed_addons=False,
            # Auto Mode is three switches that AWS wants on or off together.
            compute_config=eks.ClusterComputeConfigArgs(
                enabled=auto,
                node_pools=_AUTO_POOLS if auto else None,
                node_role_arn=self._args.auto_node_role,
            ),
            kubernetes_network_config=eks.ClusterKubernetesNetworkConfigArgs(
                elastic_load_balancing=eks.ClusterKubernetesNetworkConfigElasticLoadBalancingArgs(
                    enabled=auto
                )
            ),
            storage_config=eks.ClusterStorageConfigArgs(
                block_storage=eks.ClusterStorageConfigBlockStorageArgs(enabled=auto)
            ),
            encryption_config=self._encrypted(),
            enabled_cluster_log_types=spec.log_types,
            upgrade_policy=eks.ClusterUpgradePolicyArgs(support_type=spec.support),
            deletion_protection=self._args.protect,
            tags=self.tagged("cluster"),
            # A name is free again only once its cluster is gone.
            opts=self.child(
                *role.everything,
                logs,
                *self._args.after,
                protect=self._args.protect,
                delete_before_replace=True,
            ),
        )

    def _encrypted(self) -> eks.ClusterEncryptionConfigArgs | None:
        if self._args.key_arn is None:
            return None
        return eks.ClusterEncryptionConfigArgs(
            provider=eks.ClusterEncryptionConfigProviderArgs(key_arn=self._args.key_arn),
            resources=["secrets"],
        )


def _reached(spec: EksClusterSpec, subnets: Sequence[Input[str]]) -> eks.ClusterVpcConfigArgs:
    """From the VPC always; from outside by whom the stack names."""
    cidrs = spec.public_access_cidrs
    return eks.ClusterVpcConfigArgs(
        subnet_ids=subnets,
        endpoint_private_access=True,
        endpoint_public_access=bool(cidrs),
        public_access_cidrs=cidrs or None,
    )


def _data(authority: eks.outputs.ClusterCertificateAuthority) -> str:
    return authority.data or ""


def _security_group(vpc: eks.outputs.ClusterVpcConfig) -> str:
    return vpc.cluster_security_group_id or ""


def _service_cidr(network: eks.outputs.ClusterKubernetesNetworkConfig) -> str:
    return network.service_ipv4_cidr or ""
