"""What tags do not reach: the tagging API has no roles, and some objects bear no tag of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from operations.orphans.tagged import STACK

Clients = Callable[[str], Any]
"""A client of a service, by boto3's name."""


def beside(
    clients: Clients, *, project: str, stack: str, cluster: str, path: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """ARN and tags, each once."""
    yield from _roles(clients("iam"), project, stack, path)
    yield from ((arn, {}) for arn in _log_groups(clients("logs"), cluster))
    yield from ((arn, {}) for arn in _cached_images(clients("ecr"), cluster))
    yield from ((arn, {}) for arn in _interfaces(clients("ec2"), cluster))


def _roles(iam: Any, project: str, stack: str, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    for page in iam.get_paginator("list_roles").paginate(PathPrefix=path):
        for role in page["Roles"]:
            listed = iam.list_role_tags(RoleName=role["RoleName"])["Tags"]
            tags = {tag["Key"]: tag["Value"] for tag in listed}
            if [tags.get(key) for key in STACK] == [project, stack]:
                yield role["Arn"], tags


def _log_groups(logs: Any, cluster: str) -> Iterator[str]:
    """EKS and its add-ons make some by themselves."""
    for prefix in (f"/aws/eks/{cluster}/", f"/aws/containerinsights/{cluster}/"):
        for page in logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=prefix):
            yield from (group["arn"].removesuffix(":*") for group in page["logGroups"])


def _cached_images(ecr: Any, cluster: str) -> Iterator[str]:
    """The first pull through a cache makes a repository, which outlives the cache's rule."""
    for page in ecr.get_paginator("describe_repositories").paginate():
        for repository in page["repositories"]:
            if repository["repositoryName"].startswith(f"{cluster}-cache/"):
                yield repository["repositoryArn"]


def _interfaces(ec2: Any, cluster: str) -> Iterator[str]:
    """The control plane's, which only their description says whose they are."""
    named = [{"Name": "description", "Values": [f"Amazon EKS {cluster}"]}]
    for page in ec2.get_paginator("describe_network_interfaces").paginate(Filters=named):
        for one in page["NetworkInterfaces"]:
            region, owner = one["AvailabilityZone"][:-1], one["OwnerId"]
            yield f"arn:aws:ec2:{region}:{owner}:network-interface/{one['NetworkInterfaceId']}"
