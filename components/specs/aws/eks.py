"""The `eks` target: all that is made on AWS, and what is served there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.specs.aws.cluster import EksClusterSpec
from components.specs.aws.edge import EdgeSpec
from components.specs.aws.identity import IdentitySpec
from components.specs.aws.network import NetworkSpec
from components.specs.aws.pool import NodePoolSpec
from components.specs.aws.storage import CloudSecretSpec, RegistrySpec, WeightsBucketSpec
from components.specs.cluster import KubernetesSpec


@dataclass(frozen=True, kw_only=True)
class KarpenterSpec:
    """Karpenter's side of AWS: role, interruption queue and the rules that fill it."""

    namespace: str
    service_account: str


@dataclass(frozen=True, kw_only=True)
class EksSpec:
    name: str
    """Prefix of physical names where a contract needs one; logical names come from components."""
    region: str
    partition: str
    """`aws`, `aws-cn` or `aws-us-gov`."""
    tags: Mapping[str, str]
    """On every object, beside its logical name: `slipway.dev/project`, `slipway.dev/stack`, …"""
    protect: bool
    """Nothing that keeps data or runs the cluster is destroyed while it is set."""
    network: NetworkSpec
    cluster: EksClusterSpec
    system_pool: NodePoolSpec | None
    """For everything but the model; None with Auto Mode, which has one."""
    pools: tuple[NodePoolSpec, ...]
    karpenter: KarpenterSpec | None
    """None: no pool of the stack is Karpenter's."""
    identity: IdentitySpec
    registry: RegistrySpec | None
    """None: nothing is built."""
    weights: WeightsBucketSpec | None
    """None: replicas do not read weights from S3."""
    secrets: tuple[CloudSecretSpec, ...]
    prometheus_workspace: str | None
    """ARN; None: samples stay in the cluster."""
    edge: EdgeSpec | None
    """None: reached from inside the cluster only."""
    serving: KubernetesSpec
    """Its charts include the operators of the cluster; its kubeconfig is the made cluster's."""
