"""Nodes: they join this cluster, hand out pods' identities and pull images.

Everything else that a pod may do is its own role's.
"""

from __future__ import annotations

from components.aws.policies.document import Document, Statement, allow, document
from components.aws.policies.scope import PolicyScope


def node(scope: PolicyScope) -> Document:
    return document(
        allow("JoinCluster", ("eks:DescribeCluster",), scope.cluster_arn),
        allow("PodIdentities", ("eks-auth:AssumeRoleForPodIdentity",), scope.cluster_arn),
        # kubelet asks for its own instance and its type as it registers.
        allow(
            "Describe",
            ("ec2:DescribeInstances", "ec2:DescribeInstanceTypes"),
            "*",
            condition=scope.in_region,
        ),
        allow("RegistryToken", ("ecr:GetAuthorizationToken",), "*", condition=scope.in_region),
        # Add-ons' images lie in Amazon's own accounts of the region.
        allow(
            "PullImages",
            ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
            f"arn:{scope.partition}:ecr:{scope.region}:*:repository/*",
        ),
        *_cache(scope),
    )


def _cache(scope: PolicyScope) -> tuple[Statement, ...]:
    """The first pull of an image makes its repository."""
    if not scope.cache_prefix:
        return ()
    fill = ("ecr:BatchImportUpstreamImage", "ecr:CreateRepository")
    return (allow("FillCache", fill, scope.arn("ecr", f"repository/{scope.cache_prefix}/*")),)
