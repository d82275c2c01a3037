"""The AWS Load Balancer Controller: this cluster's load balancers and their security groups.

After the actions of the project's own policy (kubernetes-sigs/aws-load-balancer-controller,
docs/install/iam_policy.json, read 2026-12-01), for NLBs and ALBs without Cognito, Shield and
certificates of IAM. The controller tags what it makes with `elbv2.k8s.aws/cluster`; where the
project's policy asks for any value, this one asks for the cluster's name.
"""

from __future__ import annotations

from components.aws.policies.document import Condition, Document, Statement, allow, document
from components.aws.policies.scope import PolicyScope

_TAG = "elbv2.k8s.aws/cluster"
_BALANCERS = ("loadbalancer/app/*/*", "loadbalancer/net/*/*", "targetgroup/*/*")
_LISTENERS = ("listener/app/*/*/*", "listener/net/*/*/*")
_RULES = ("listener-rule/app/*/*/*/*", "listener-rule/net/*/*/*/*")


def load_balancer_controller(scope: PolicyScope) -> Document:
    return document(
        *_read(scope), *_security_groups(scope), *_load_balancers(scope), *_listeners(scope)
    )


def _read(scope: PolicyScope) -> tuple[Statement, ...]:
    return (
        allow(
            "Describe",
            (
                "acm:ListCertificates",
                "ec2:DescribeAccountAttributes",
                "ec2:DescribeAddresses",
                "ec2:DescribeAvailabilityZones",
                "ec2:DescribeInstances",
                "ec2:DescribeInternetGateways",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeRouteTables",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSubnets",
                "ec2:DescribeTags",
                "ec2:DescribeVpcs",
                "elasticloadbalancing:DescribeCapacityReservation",
                "elasticloadbalancing:DescribeListenerAttributes",
                "elasticloadbalancing:DescribeListenerCertificates",
                "elasticloadbalancing:DescribeListeners",
                "elasticloadbalancing:DescribeLoadBalancerAttributes",
                "elasticloadbalancing:DescribeLoadBalancers",
                "elasticloadbalancing:DescribeRules",
                "elasticloadbalancing:DescribeSSLPolicies",
                "elasticloadbalancing:DescribeTags",
                "elasticloadbalancing:DescribeTargetGroupAttributes",
                "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:DescribeTargetHealth",
            ),
            "*",
            condition=scope.in_region,
        ),
        allow("ReadCertificates", ("acm:DescribeCertificate",), scope.arn("acm", "certificate/*")),
        allow("FindSecurityGroups", ("ec2:GetSecurityGroupsForVpc",), scope.asked("vpc_arn")),
        allow(
            "AttachWebAcls",
            (
                "elasticloadbalancing:SetWebAcl",
                "wafv2:AssociateWebACL",
                "wafv2:DisassociateWebACL",
                "wafv2:GetWebACL",
                "wafv2:GetWebACLForResource",
            ),
            scope.arn("wafv2", "regional/webacl/*/*"),
            scope.arn("elasticloadbalancing", "loadbalancer/app/*/*"),
        ),
        allow(
            "FirstLoadBalancerOfTheAccount",
            ("iam:CreateServiceLinkedRole",),
            scope.global_arn(
                "iam",
                "role/aws-service-role/elasticloadbalancing.amazonaws.com/"
                "AWSServiceRoleForElasticLoadBalancing",
            ),
            condition={
                "StringEquals": {"iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"}
            },
        ),
    )


def _security_groups(scope: PolicyScope) -> tuple[Statement, ...]:
    groups = scope.arn("ec2", "security-group/*")
    return (
        allow("CreateGroupsInThisVpc", ("ec2:CreateSecurityGroup",), scope.asked("vpc_arn")),
        allow("CreateTaggedGroups", ("ec2:CreateSecurityGroup",), groups, condition=_asked(scope)),
        allow(
            "TagGroupsAsTheyAreMade",
            ("ec2:CreateTags",),
            groups,
            condition={
                "StringEquals": {
                    "ec2:CreateAction": "CreateSecurityGroup",
                    f"aws:RequestTag/{_TAG}": scope.cluster_name,
                }
            },
        ),
        allow(
            "ManageOwnGroups",
            ("ec2:CreateTags", "ec2:DeleteSecurityGroup", "ec2:DeleteTags"),
            groups,
            condition=_own(scope),
        ),
        # Rules of its own groups, and of the nodes' group: it lets the load balancer in there.
        allow(
            "OpenNodesToLoadBalancers",
            ("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"),
            groups,
            condition={"ArnEquals": {"ec2:Vpc": scope.asked("vpc_arn")}},
        ),
    )


def _load_balancers(scope: PolicyScope) -> tuple[Statement, ...]:
    balancers = [scope.arn("elasticloadbalancing", kind) for kind in _BALANCERS]
    return (
        allow(
            "CreateTagged",
            ("elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"),
            *balancers,
            condition=_asked(scope),
        ),
        allow(
            "TagAsTheyAreMade",
            ("elasticloadbalancing:AddTags",),
            *balancers,
            condition={
                "StringEquals": {
                    "elasticloadbalancing:CreateAction": [
                        "CreateLoadBalancer",
                        "CreateTargetGroup",
                    ],
                    f"aws:RequestTag/{_TAG}": scope.cluster_name,
                }
            },
        ),
        allow(
            "ManageOwn",
            (
                "elasticloadbalancing:AddTags",
                "elasticloadbalancing:CreateListener",
                "elasticloadbalancing:DeleteLoadBalancer",
                "elasticloadbalancing:DeleteTargetGroup",
                "elasticloadbalancing:DeregisterTargets",
                "elasticloadbalancing:ModifyCapacityReservation",
                "elasticloadbalancing:ModifyLoadBalancerAttributes",
                "elasticloadbalancing:ModifyTargetGroup",
                "elasticloadbalancing:ModifyTargetGroupAttributes",
                "elasticloadbalancing:RegisterTargets",
                "elasticloadbalancing:RemoveTags",
                "elasticloadbalancing:SetIpAddressType",
                "elasticloadbalancing:SetSecurityGroups",
                "elasticloadbalancing:SetSubnets",
            ),
            *balancers,
            condition=_own(scope),
        ),
    )


def _listeners(scope: PolicyScope) -> tuple[Statement, ...]:
    listeners = [scope.arn("elasticloadbalancing", kind) for kind in _LISTENERS]
    rules = [scope.arn("elasticloadbalancing", kind) for kind in _RULES]
    return (
        allow(
            "TagListenersAsTheyAreMade",
            ("elasticloadbalancing:AddTags",),
            *listeners,
            *rules,
            condition={
                "StringEquals": {
                    "elasticloadbalancing:CreateAction": ["CreateListener", "CreateRule"],
                    f"aws:RequestTag/{_TAG}": scope.cluster_name,
                }
            },
        ),
        allow(
            "ManageOwnListeners",
            (
                "elasticloadbalancing:AddListenerCertificates",
                "elasticloadbalancing:AddTags",
                "elasticloadbalancing:CreateRule",
                "elasticloadbalancing:DeleteListener",
                "elasticloadbalancing:DeleteRule",
                "elasticloadbalancing:ModifyListener",
                "elasticloadbalancing:ModifyListenerAttributes",
                "elasticloadbalancing:ModifyRule",
                "elasticloadbalancing:RemoveListenerCertificates",
                "elasticloadbalancing:RemoveTags",
                "elasticloadbalancing:SetRulePriorities",
            ),
            *listeners,
            *rules,
            condition=_own(scope),
        ),
    )


def _asked(scope: PolicyScope) -> Condition:
    return {"StringEquals": {f"aws:RequestTag/{_TAG}": scope.cluster_name}}


def _own(scope: PolicyScope) -> Condition:
    return {"StringEquals": {f"aws:ResourceTag/{_TAG}": scope.cluster_name}}
