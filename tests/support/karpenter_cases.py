"""Pools whose objects of Karpenter are goldens."""

from __future__ import annotations

import dataclasses

from components.kubernetes.karpenter import NodeSite, manifests
from components.kubernetes.manifest import Manifest
from components.specs.aws import NodePoolSpec
from tests.support.aws_specs import BOTTLEROCKET_POOL, EFA_POOL, GPU_POOL, SYSTEM_POOL, TAGS
from tests.support.kubernetes_specs import gpu_spec

SITE = NodeSite(
    subnets={"us-east-1a": "subnet-0a", "us-east-1b": "subnet-0b"},
    security_group="sg-0c",
    instance_profile="chat-prod-nodes",
    node_role="chat-prod-auto-nodes",
    key_arn="arn:aws:kms:us-east-1:111122223333:key/1",
    user_data={"serving": "MIME-Version: 1.0\n"},
    placement_groups={"serving": "chat-prod-serving"},
    tags=TAGS,
)
POOLS: dict[str, NodePoolSpec] = {
    "spot-first": dataclasses.replace(GPU_POOL, mode="karpenter"),
    "bottlerocket": dataclasses.replace(BOTTLEROCKET_POOL, mode="karpenter"),
    "efa": dataclasses.replace(EFA_POOL, mode="karpenter"),
    "cpu": dataclasses.replace(SYSTEM_POOL, name="onnx", mode="karpenter"),
    "auto": dataclasses.replace(GPU_POOL, mode="auto", image=None),
}


def objects(name: str) -> tuple[Manifest, ...]:
    return manifests(gpu_spec(), [POOLS[name]], SITE)
