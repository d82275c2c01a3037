"""The VPC CNI: addresses and interfaces of this cluster's nodes.

After the project's own scoped policy (aws/amazon-vpc-cni-k8s, docs/iam-policy.md, read 2026-12-01).
It wants CLUSTER_NAME in the add-on's environment, which the EKS add-on sets: by it the add-on tags
its interfaces.
"""

from __future__ import annotations

from components.aws.policies.document import Document, allow, document
from components.aws.policies.scope import PolicyScope

_TAG = "cluster.k8s.amazonaws.com/name"


def vpc_cni(scope: PolicyScope) -> Document:
    interfaces = scope.arn("ec2", "network-interface/*")
    return document(
        allow(
            "Describe",
            (
                "ec2:DescribeInstances",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSubnets",
                "ec2:DescribeTags",
            ),
            "*",
            condition=scope.in_region,
        ),
        allow(
            "CreateTaggedInterfaces",
            ("ec2:CreateNetworkInterface",),
            interfaces,
            condition={"StringEquals": {f"aws:RequestTag/{_TAG}": scope.cluster_name}},
        ),
        allow(
            "CreateInterfacesInThisVpc",
            ("ec2:CreateNetworkInterface",),
            scope.arn("ec2", "subnet/*"),
            scope.arn("ec2", "security-group/*"),
            condition={"ArnEquals": {"ec2:Vpc": scope.asked("vpc_arn")}},
        ),
        allow(
            "TagInterfacesAsTheyAreMade",
            ("ec2:CreateTags",),
            interfaces,
            condition={"StringEquals": {"ec2:CreateAction": "CreateNetworkInterface"}},
        ),
        allow(
            "ManageOwnInterfaces",
            (
                "ec2:AssignPrivateIpAddresses",
                "ec2:AttachNetworkInterface",
                "ec2:CreateTags",
                "ec2:DeleteNetworkInterface",
                "ec2:DetachNetworkInterface",
                "ec2:ModifyNetworkInterfaceAttribute",
                "ec2:UnassignPrivateIpAddresses",
            ),
            interfaces,
            condition={"StringEquals": {f"aws:ResourceTag/{_TAG}": scope.cluster_name}},
        ),
        # A node's first interface is EC2's, which the add-on cannot tag as it is made.
        allow(
            "AddressFirstInterfaces",
            ("ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"),
            interfaces,
            condition={"ArnEquals": {"ec2:Vpc": scope.asked("vpc_arn")}},
        ),
        allow(
            "AttachToThisClustersNodes",
            (
                "ec2:AttachNetworkInterface",
                "ec2:DetachNetworkInterface",
                "ec2:ModifyNetworkInterfaceAttribute",
            ),
            scope.arn("ec2", "instance/*"),
            condition={
                "StringEquals": {
                    f"aws:ResourceTag/kubernetes.io/cluster/{scope.cluster_name}": "owned"
                }
            },
        ),
        allow(
            "GiveSecurityGroupsOfThisVpc",
            ("ec2:ModifyNetworkInterfaceAttribute",),
            scope.arn("ec2", "security-group/*"),
            condition={"ArnEquals": {"ec2:Vpc": scope.asked("vpc_arn")}},
        ),
    )
