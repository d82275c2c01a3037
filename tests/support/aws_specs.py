"""Specs of the components of AWS, small and complete; tests change what they are about."""

from __future__ import annotations

import dataclasses

from components.specs.aws import (
    AddonSpec,
    AdminSpec,
    DiskSpec,
    EksClusterSpec,
    IdentitySpec,
    NetworkSpec,
    NodeImageSpec,
    NodePoolSpec,
    TaintSpec,
    ZoneSpec,
)

TAGS = {"slipway.dev/project": "slipway", "slipway.dev/stack": "test"}
IDENTITY = IdentitySpec(pods=(), permissions_boundary=None, path="/slipway/")
NETWORK = NetworkSpec(
    existing=None,
    cidr="10.0.0.0/16",
    zones=(
        ZoneSpec(name="us-east-1a", private_cidr="10.0.0.0/18", public_cidr="10.0.192.0/22"),
        ZoneSpec(name="us-east-1b", private_cidr="10.0.64.0/18", public_cidr="10.0.196.0/22"),
    ),
    nat="single",
    interface_endpoints=("ecr.api", "sts"),
    s3_endpoint=True,
    flow_log_days=30,
)
SYSTEM_POOL = NodePoolSpec(
    name="system",
    mode="managed",
    instance_types=("m7i.large",),
    capacity=("on-demand",),
    minimum=2,
    maximum=3,
    zones=("us-east-1a", "us-east-1b"),
    image=NodeImageSpec(
        family="al2023",
        release="v20260714",
        kubernetes="1.35",
        architecture="x86_64",
        gpu=False,
    ),
    disk=DiskSpec(gib=50, iops=3000, throughput_mib=125),
    local_disks=False,
    fast_pull=False,
    gpu=None,
    gpus_per_node=0,
    labels={"slipway.dev/pool": "system"},
    termination_grace_seconds=120,
    consolidate_after_seconds=600,
)
GPU_POOL = dataclasses.replace(
    SYSTEM_POOL,
    name="serving",
    instance_types=("g6.2xlarge", "g5.2xlarge"),
    capacity=("spot", "on-demand"),
    minimum=1,
    maximum=4,
    image=NodeImageSpec(
        family="al2023",
        release="v20260714",
        kubernetes="1.35",
        architecture="x86_64",
        gpu=True,
    ),
    disk=DiskSpec(gib=200, iops=6000, throughput_mib=500),
    local_disks=True,
    fast_pull=True,
    gpu="L4",
    gpus_per_node=1,
    labels={"slipway.dev/pool": "serving"},
    taints=(TaintSpec(key="nvidia.com/gpu", value=None, effect="NoSchedule"),),
)
BOTTLEROCKET_POOL = dataclasses.replace(
    GPU_POOL,
    image=NodeImageSpec(
        family="bottlerocket",
        release="1.68.0",
        kubernetes="1.35",
        architecture="x86_64",
        gpu=True,
    ),
)
EFA_POOL = dataclasses.replace(
    GPU_POOL,
    instance_types=("p5.48xlarge",),
    capacity=("capacity-block",),
    reservation_ids=("cr-0123456789abcdef0",),
    zones=("us-east-1a",),
    gpu="H100",
    gpus_per_node=8,
    efa_interfaces=32,
    placement_group=True,
)
CLUSTER = EksClusterSpec(
    version="1.35",
    public_access_cidrs=(),
    admins=(AdminSpec(name="ops", principal_arn="arn:aws:iam::123456789012:role/ops"),),
    log_types=("api", "audit"),
    log_days=30,
    encrypt_secrets=True,
    auto_mode=False,
    addons=(
        AddonSpec(name="vpc-cni", version="v1.20.4-eksbuild.1", before_nodes=True),
        AddonSpec(name="coredns", version="v1.12.4-eksbuild.1", values={"replicaCount": 2}),
    ),
    token_command=("python", "-m", "operations", "eks-token", "{cluster}", "{region}"),
    support="STANDARD",
)
