"""Karpenter: launches and ends this cluster's nodes.

After the project's own policy for 1.15 and the calls that its source makes (pkg/aws/sdk.go of
github.com/aws/karpenter-provider-aws v1.15.2, read 2026-12-01). Node classes name an instance
profile that the stack has made, so Karpenter may neither make nor change one.
"""

from __future__ import annotations

from components.aws.policies.document import Condition, Document, Statement, allow, document
from components.aws.policies.scope import PolicyScope

_LAUNCH = ("ec2:CreateFleet", "ec2:RunInstances")
_MADE = (
    "fleet",
    "instance",
    "launch-template",
    "network-interface",
    "spot-instances-request",
    "volume",
)


def karpenter(scope: PolicyScope) -> Document:
    return document(*_launch(scope), *_end(scope), *_read(scope), *_queue(scope))


def _launch(scope: PolicyScope) -> tuple[Statement, ...]:
    made = [scope.arn("ec2", f"{kind}/*") for kind in _MADE]
    asked = _tags(scope, "aws:RequestTag")
    tagged = {
        **asked,
        "StringEquals": {
            **asked["StringEquals"],
            "ec2:CreateAction": ["CreateFleet", "CreateLaunchTemplate", "RunInstances"],
        },
    }
    return (
        allow(
            "LaunchFrom",
            _LAUNCH,
            scope.amazon_arn("ec2", "image/*"),
            scope.amazon_arn("ec2", "snapshot/*"),
            *(
                scope.arn("ec2", f"{kind}/*")
                for kind in ("capacity-reservation", "placement-group")
            ),
        ),
        # Security groups and subnets of this VPC alone.
        allow(
            "LaunchInThisVpc",
            _LAUNCH,
            scope.arn("ec2", "security-group/*"),
            scope.arn("ec2", "subnet/*"),
            condition={"ArnEquals": {"ec2:Vpc": scope.asked("vpc_arn")}},
        ),
        allow(
            "LaunchFromOwnTemplates",
            _LAUNCH,
            scope.arn("ec2", "launch-template/*"),
            condition=_tags(scope, "aws:ResourceTag", cluster_tag=False),
        ),
        allow("LaunchTagged", (*_LAUNCH, "ec2:CreateLaunchTemplate"), *made, condition=asked),
        allow("TagAsTheyAreMade", ("ec2:CreateTags",), *made, condition=tagged),
        allow(
            "TagNodesLater",
            ("ec2:CreateTags",),
            scope.arn("ec2", "instance/*"),
            condition={
                **_tags(scope, "aws:ResourceTag", cluster_tag=False),
                "StringEqualsIfExists": {"aws:RequestTag/eks:eks-cluster-name": scope.cluster_name},
                "ForAllValues:StringEquals": {
                    "aws:TagKeys": ["Name", "eks:eks-cluster-name", "karpenter.sh/nodeclaim"]
                },
            },
        ),
        allow(
            "PassNodeRole",
            ("iam:PassRole",),
            scope.asked("node_role_arn"),
            condition={
                "StringEquals": {
                    "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"]
                }
            },
        ),
    )


def _end(scope: PolicyScope) -> tuple[Statement, ...]:
    return (
        allow(
            "EndOwnNodes",
            ("ec2:DeleteLaunchTemplate", "ec2:RebootInstances", "ec2:TerminateInstances"),
            scope.arn("ec2", "instance/*"),
            scope.arn("ec2", "launch-template/*"),
            condition=_tags(scope, "aws:ResourceTag", cluster_tag=False),
        ),
    )


def _read(scope: PolicyScope) -> tuple[Statement, ...]:
    return (
        allow(
            "Describe",
            (
                "ec2:DescribeAvailabilityZones",
                "ec2:DescribeCapacityReservations",
                "ec2:DescribeImages",
                "ec2:DescribeInstances",
                "ec2:DescribeInstanceStatus",
                "ec2:DescribeInstanceTypeOfferings",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeLaunchTemplates",
                "ec2:DescribePlacementGroups",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSpotPriceHistory",
                "ec2:DescribeSubnets",
            ),
            "*",
            condition=scope.in_region,
        ),
        # Prices and profiles are answered from one region for all, so the region is no condition.
        allow("Find", ("iam:ListInstanceProfiles", "pricing:GetProducts"), "*"),
        allow(
            "ReadProfiles",
            ("iam:GetInstanceProfile",),
            scope.global_arn("iam", "instance-profile/*"),
        ),
        allow(
            "FindImages", ("ssm:GetParameter",), scope.amazon_arn("ssm", "parameter/aws/service/*")
        ),
        allow("FindCluster", ("eks:DescribeCluster",), scope.cluster_arn),
    )


def _queue(scope: PolicyScope) -> tuple[Statement, ...]:
    read = ("sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage")
    return (allow("HearInterruptions", read, scope.asked("queue_arn")),)


def _tags(scope: PolicyScope, key: str, *, cluster_tag: bool = True) -> Condition:
    """Of what Karpenter makes for this cluster; nodes of older releases lack `cluster_tag`."""
    owned: dict[str, str | list[str]] = {
        f"{key}/kubernetes.io/cluster/{scope.cluster_name}": "owned"
    }
    if cluster_tag:
        owned[f"{key}/eks:eks-cluster-name"] = scope.cluster_name
    return {"StringEquals": owned, "StringLike": {f"{key}/karpenter.sh/nodepool": "*"}}
