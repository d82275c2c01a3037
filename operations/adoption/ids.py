"""By what the state calls an object of AWS that its ARN names."""

from __future__ import annotations

from collections.abc import Mapping

# What is told by more, or other, than the last part of its ARN.
_BY_ARN = {
    "aws:acm/certificate:Certificate",
    "aws:secretsmanager/secret:Secret",
    "aws:iam/policy:Policy",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:lb/targetGroup:TargetGroup",
}
_BY_NAME = {
    "aws:cloudwatch/logGroup:LogGroup": "name",
    "aws:ecr/repository:Repository": "name",
    "aws:s3/bucket:Bucket": "bucket",
    "aws:iam/role:Role": "name",
    "aws:iam/instanceProfile:InstanceProfile": "name",
}
"""Input that is the id."""
_OF_CLUSTERS = {
    "aws:eks/addon:Addon": ("clusterName", "addonName"),
    "aws:eks/nodeGroup:NodeGroup": ("clusterName", "nodeGroupName"),
    "aws:eks/accessEntry:AccessEntry": ("clusterName", "principalArn"),
}
_QUEUE = "aws:sqs/queue:Queue"


def id_of(kind: str, arn: str, inputs: Mapping[str, object]) -> str:
    """As the provider for `kind` makes it, of pulumi-aws 7.51."""
    if kind in _BY_ARN:
        return arn
    if kind in _BY_NAME and inputs.get(_BY_NAME[kind]):
        return str(inputs[_BY_NAME[kind]])
    if kind in _OF_CLUSTERS:
        return ":".join(str(inputs[key]) for key in _OF_CLUSTERS[kind])
    if kind == _QUEUE:
        _, partition, _, region, account, name = arn.split(":")
        suffix = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
        return f"https://sqs.{region}.{suffix}/{account}/{name}"
    return last_part(arn)


def last_part(arn: str) -> str:
    """By which most kinds are called."""
    resource = arn.split(":", 5)[5]
    return resource.replace(":", "/").rpartition("/")[2]
