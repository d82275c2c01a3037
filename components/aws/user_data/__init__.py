"""What a node is told when it starts, by the image that it starts from."""

from __future__ import annotations

from components.aws.user_data import al2023, bottlerocket
from components.aws.user_data.address import ClusterAddress
from components.specs.aws import NodePoolSpec

__all__ = ["ClusterAddress", "user_data"]


def user_data(pool: NodePoolSpec, cluster: ClusterAddress | None) -> str:
    """As text; without `cluster` only what the pool adds, for Karpenter to merge with its own."""
    if pool.image is None:
        raise ValueError(f"pool {pool.name} has no image: Auto Mode starts its nodes by itself")
    renderer = bottlerocket if pool.image.family == "bottlerocket" else al2023
    return renderer.user_data(pool, cluster)
