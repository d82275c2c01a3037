"""A control plane as components are given it, for tests that need one."""

from __future__ import annotations

from pulumi import Output, Resource

from components.aws.cluster import ControlPlane, ControlPlaneArgs
from components.aws.pools import ManagedPool, ManagedPoolArgs
from components.specs.aws import EksClusterSpec, NodePoolSpec
from tests.support.aws_specs import CLUSTER, IDENTITY, TAGS
from tests.support.resource_graph import Answer

NAME = "slipway-test"
IMAGES: dict[str, Answer] = {
    "aws:ssm/getParameter:getParameter": lambda asked: {
        "insecureValue": f"ami-for{asked['name'].replace('/', '-')}",
        "value": "",
    }
}


def control_plane(
    spec: EksClusterSpec = CLUSTER, *, protect: bool = False, key: str | None = "arn:key"
) -> ControlPlane:
    return ControlPlane(
        "cluster",
        ControlPlaneArgs(
            name=NAME,
            spec=spec,
            partition="aws",
            subnets=["subnet-a", "subnet-b"],
            key_arn=key,
            auto_node_role="arn:node" if spec.auto_mode else None,
            identity=IDENTITY,
            tags=TAGS,
            protect=protect,
        ),
    )


def managed_pool(spec: NodePoolSpec, *after: Resource) -> ManagedPool:
    return ManagedPool(
        spec.name,
        ManagedPoolArgs(
            spec=spec,
            cluster=control_plane(),
            cluster_name=NAME,
            node_role=Output.from_input("arn:node"),
            subnets={"us-east-1a": "subnet-a", "us-east-1b": "subnet-b"},
            after=after,
            tags=TAGS,
        ),
    )
