"""What the components of AWS accept; `planning` makes it from stack file and catalog."""

from components.specs.aws.cluster import AddonSpec, AdminSpec, EksClusterSpec, LogType
from components.specs.aws.edge import DomainSpec, EdgeSpec
from components.specs.aws.eks import EksSpec, KarpenterSpec
from components.specs.aws.identity import IdentitySpec, PodIdentitySpec, PolicyName
from components.specs.aws.network import ExistingNetworkSpec, Nat, NetworkSpec, ZoneSpec
from components.specs.aws.pool import (
    Capacity,
    DiskSpec,
    NodeImageSpec,
    NodePoolSpec,
    TaintSpec,
)
from components.specs.aws.storage import CloudSecretSpec, RegistrySpec, WeightsBucketSpec

__all__ = [
    "AddonSpec",
    "AdminSpec",
    "Capacity",
    "CloudSecretSpec",
    "DiskSpec",
    "DomainSpec",
    "EdgeSpec",
    "EksClusterSpec",
    "EksSpec",
    "ExistingNetworkSpec",
    "IdentitySpec",
    "KarpenterSpec",
    "LogType",
    "Nat",
    "NetworkSpec",
    "NodeImageSpec",
    "NodePoolSpec",
    "PodIdentitySpec",
    "PolicyName",
    "RegistrySpec",
    "TaintSpec",
    "WeightsBucketSpec",
    "ZoneSpec",
]
