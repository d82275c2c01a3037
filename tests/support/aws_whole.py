"""Every component of AWS in one program, as a protected stack has them: scanners read its graph."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pulumi

from components.aws.access import ClusterAccess, ClusterAccessArgs
from components.aws.addons import Addons, AddonsArgs
from components.aws.cluster import ControlPlane, ControlPlaneArgs
from components.aws.edge import Edge, EdgeArgs
from components.aws.identity import PodIdentities, PodIdentitiesArgs, ScopeArgs, rendered
from components.aws.karpenter import Interruptions, InterruptionsArgs
from components.aws.key import StackKey, StackKeyArgs
from components.aws.network import Network, NetworkArgs
from components.aws.policies import POD_POLICIES, node
from components.aws.pools import ManagedPool, ManagedPoolArgs
from components.aws.registry import Registry, RegistryArgs
from components.aws.role import ServiceRole, ServiceRoleArgs
from components.aws.secrets import CloudSecrets, CloudSecretsArgs
from components.aws.weights import WeightsArgs, WeightsBucket
from components.specs.aws import (
    CloudSecretSpec,
    DomainSpec,
    EdgeSpec,
    IdentitySpec,
    PodIdentitySpec,
    RegistrySpec,
)
from tests.support.aws_cluster import IMAGES, NAME
from tests.support.aws_specs import CLUSTER, GPU_POOL, NETWORK, SYSTEM_POOL, TAGS
from tests.support.resource_graph import graph

ACCOUNT = "123456789012"
KEYS = CloudSecretSpec(kind="gateway-files", object_name="chat-gateway-keys", existing_arn=None)
IDENTITY = IdentitySpec(
    pods=tuple(
        PodIdentitySpec(policy=policy, namespace="llm", service_account=policy)
        for policy in POD_POLICIES
    ),
    permissions_boundary=None,
    path="/slipway/",
)
EDGE = EdgeSpec(
    kind="alb",
    internal=True,
    source_ranges=(),
    domain=DomainSpec(host="llm.example.com", zone_id="Z1", certificate_arn=None),
    idle_seconds=610,
    deregistration_seconds=120,
    waf=True,
)
LOGGED = ("api", "audit", "authenticator", "controllerManager", "scheduler")


def whole() -> list[dict[str, Any]]:
    """Rows of the graph, as its golden has them."""
    return json.loads(graph(_program, answers=IMAGES).as_text())


def _program() -> None:
    key = StackKey(
        "key",
        StackKeyArgs(
            partition="aws", region="us-east-1", account_id=ACCOUNT, tags=TAGS, protect=True
        ),
    )
    network = Network(
        "network",
        NetworkArgs(
            spec=dataclasses.replace(NETWORK, flow_log_days=365),
            region="us-east-1",
            cluster=NAME,
            key_arn=key.arn,
            identity=IDENTITY,
            tags=TAGS,
            protect=True,
        ),
    )
    subnets = dict(network.private_subnets)
    cluster = ControlPlane(
        "cluster",
        ControlPlaneArgs(
            name=NAME,
            spec=dataclasses.replace(CLUSTER, log_types=LOGGED, log_days=365),
            partition="aws",
            subnets=list(subnets.values()),
            key_arn=key.arn,
            auto_node_role=None,
            identity=IDENTITY,
            tags=TAGS,
            protect=True,
        ),
    )
    ClusterAccess(
        "access",
        ClusterAccessArgs(cluster=NAME, admins=CLUSTER.admins, partition="aws", tags=TAGS),
    )
    Addons("addons", AddonsArgs(cluster=NAME, specs=CLUSTER.addons, tags=TAGS))
    scope, fields = _scope(network, key.arn), ("partition", "region", "account_id", "cluster_name")
    nodes = ServiceRole(
        "nodes",
        ServiceRoleArgs(
            service="ec2.amazonaws.com",
            inline={"node": rendered(node, scope, fields)},
            identity=IDENTITY,
            tags=TAGS,
        ),
    )
    for pool in (SYSTEM_POOL, GPU_POOL):
        ManagedPool(
            pool.name,
            ManagedPoolArgs(
                spec=pool,
                cluster=cluster,
                cluster_name=NAME,
                node_role=nodes.arn,
                subnets=subnets,
                after=nodes.everything,
                tags=TAGS,
            ),
        )
    PodIdentities("identities", PodIdentitiesArgs(spec=IDENTITY, scope=scope, tags=TAGS))


def _scope(network: Network, key: pulumi.Input[str]) -> ScopeArgs:
    registry = RegistrySpec(name="chat/vllm", keep_images=10, pull_through=("registry.k8s.io",))
    Registry("registry", RegistryArgs(spec=registry, key_arn=key, tags=TAGS, protect=True))
    weights = WeightsBucket("weights", WeightsArgs(key_arn=key, tags=TAGS, protect=True))
    secrets = CloudSecrets(
        "secrets",
        CloudSecretsArgs(
            specs=(KEYS,),
            values={KEYS.object_name: pulumi.Output.secret({"keys.json": "sk-canary"})},
            key_arn=key,
            tags=TAGS,
            protect=True,
        ),
    )
    interruptions = Interruptions("interruptions", InterruptionsArgs(tags=TAGS))
    Edge("edge", EdgeArgs(spec=EDGE, key_arn=key, tags=TAGS))
    return ScopeArgs(
        partition="aws",
        region="us-east-1",
        account_id=ACCOUNT,
        cluster_name=NAME,
        vpc_arn=f"arn:aws:ec2:us-east-1:{ACCOUNT}:vpc/vpc-0a1b2c",
        node_role_arn=f"arn:aws:iam::{ACCOUNT}:role/slipway/nodes",
        queue_arn=interruptions.queue_arn,
        bucket_arn=weights.arn,
        bucket_prefix="org/model/revision",
        bucket_key_arn=key,
        secret_arns=pulumi.Output.all(*secrets.arns.values()),
        secret_key_arn=key,
        workspace_arn=f"arn:aws:aps:us-east-1:{ACCOUNT}:workspace/ws-1",
    )
