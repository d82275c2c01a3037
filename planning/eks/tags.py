"""By what every object of a stack is found again."""

from __future__ import annotations

from planning.settings.aws import Aws

_PARTITIONS = {"cn": "aws-cn", "us-gov": "aws-us-gov"}


def stack_tags(aws: Aws, project: str, stack: str) -> dict[str, str]:
    return {
        **aws.tags,
        "slipway.dev/project": project,
        "slipway.dev/stack": stack,
        "slipway.dev/environment": aws.environment,
    }


def partition_of(region: str) -> str:
    """By how AWS names regions."""
    for start, partition in _PARTITIONS.items():
        if region.startswith(f"{start}-"):
            return partition
    return "aws"
