"""Everything with a tag that says whose it is: the stack's own, and what its cluster has made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

STACK = ("slipway.dev/project", "slipway.dev/stack")
NAME = "slipway.dev/name"
# By which controllers and nodes of one cluster mark what they make, and with which value.
_OF_CLUSTERS = {
    "cluster.k8s.amazonaws.com/name": "{cluster}",
    "ebs.csi.aws.com/cluster-name": "{cluster}",
    "eks:cluster-name": "{cluster}",
    "eks:eks-cluster-name": "{cluster}",
    "elbv2.k8s.aws/cluster": "{cluster}",
    "kubernetes.io/cluster/{cluster}": "owned",
}


def tagged(client: Any, *, project: str, stack: str, cluster: str) -> dict[str, dict[str, str]]:
    """Tags by ARN, of a region; `client` is the Resource Groups Tagging API's."""
    found: dict[str, dict[str, str]] = {}
    for filters in _filters(project, stack, cluster):
        pages = client.get_paginator("get_resources").paginate(TagFilters=filters)
        for page in pages:
            for row in page["ResourceTagMappingList"]:
                found[row["ResourceARN"]] = {tag["Key"]: tag["Value"] for tag in row["Tags"]}
    return found


def _filters(project: str, stack: str, cluster: str) -> Iterator[list[dict[str, Any]]]:
    own = zip(STACK, (project, stack), strict=True)
    yield [{"Key": key, "Values": [value]} for key, value in own]
    for key, value in _OF_CLUSTERS.items():
        yield [{"Key": key.format(cluster=cluster), "Values": [value.format(cluster=cluster)]}]
