"""What a stack's roles may do, against AWS's own models and what the programs call."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import botocore.session
import pytest

from components.aws.policies import POD_POLICIES, Document
from components.aws.policies.unscoped import UNSCOPED
from tests.support.aws_policies import SCOPE, documents

# Names of services and operations that differ from boto's, as IAM has them.
SERVICES = {"aps": "amp", "elasticloadbalancing": "elbv2"}
WITHOUT_OPERATION = {
    "aps:RemoteWrite": "HTTP of Prometheus' own protocol, not of the API",
    "iam:PassRole": "asked of who hands a role to a service",
    "ecr:BatchImportUpstreamImage": "asked of who pulls through a cache",
    "elasticloadbalancing:SetWebAcl": "asked by WAF, of who attaches a web ACL",
}
OTHER_NAMES = {
    "s3:ListBucket": "ListObjectsV2",
    "s3:ListMultipartUploadParts": "ListParts",
}
# pkg/aws/sdk.go of github.com/aws/karpenter-provider-aws v1.15.2, without what a node class with
# an instance profile does not need.
KARPENTER_CALLS = re.findall(
    r"\w+",
    """
DescribeCapacityReservations DescribePlacementGroups DescribeImages DescribeLaunchTemplates
DescribeSubnets DescribeSecurityGroups DescribeInstanceTypes DescribeInstanceTypeOfferings
DescribeSpotPriceHistory DescribeInstanceStatus CreateFleet TerminateInstances RebootInstances
DescribeInstances RunInstances CreateTags CreateLaunchTemplate DeleteLaunchTemplate
GetInstanceProfile ListInstanceProfiles DescribeCluster GetProducts GetParameter ReceiveMessage
DeleteMessage GetQueueUrl
""",
)

ALL = documents()


@pytest.mark.parametrize("name", ALL)
def test_aws_has_every_action(name: str) -> None:
    for action in _actions(ALL[name]):
        service, operation = action.split(":")
        if action not in WITHOUT_OPERATION:
            names = _operations(SERVICES.get(service, service))
            assert OTHER_NAMES.get(action, operation) in names, action


@pytest.mark.parametrize("name", ALL)
def test_a_policy_is_on_everything_only_where_aws_knows_no_resource(name: str) -> None:
    for statement in _statements(ALL[name]):
        assert not any("*" in action for action in statement["Action"])
        if statement["Resource"] == ["*"]:
            assert set(statement["Action"]) <= set(UNSCOPED), statement["Sid"]
        else:
            assert "*" not in statement["Resource"], statement["Sid"]


@pytest.mark.parametrize("name", ALL)
def test_what_changes_something_is_held_to_this_cluster_or_to_one_object(name: str) -> None:
    for statement in _statements(ALL[name]):
        if all(_reads(action) for action in statement["Action"]):
            continue
        whole = json.dumps([statement.get("Condition", {}), statement["Resource"]])
        held = any(word in whole for word in ("chat-prod", "vpc-0a1b2c", "CreateAction", "ws-1"))
        assert held or statement["Sid"] in _HELD_OTHERWISE, statement["Sid"]


# Statements that name kinds of this account alone, and why that is enough.
_HELD_OTHERWISE = {
    "LaunchFrom": "Amazon's images; the instance itself must be tagged for this cluster",
    "AttachWebAcls": "an attachment alone; load balancers of the account",
    "FirstLoadBalancerOfTheAccount": "one named role of AWS's own",
    "OpenSecrets": "one key, through one service",
    "OpenModel": "one key, through one service",
}


def test_karpenter_may_do_what_its_source_calls() -> None:
    may = {action.split(":")[1] for action in _actions(POD_POLICIES["karpenter"](SCOPE))}
    assert set(KARPENTER_CALLS) <= may
    extra = {"PassRole", "DescribeAvailabilityZones"}
    assert may - set(KARPENTER_CALLS) <= extra


def test_a_policy_fits_into_a_role() -> None:
    for name, made in ALL.items():
        assert len(json.dumps(made, separators=(",", ":"))) <= 10_240, name


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("karpenter", "queue_arn"),
        ("karpenter", "node_role_arn"),
        ("vpc-cni", "vpc_arn"),
        ("model-reader", "bucket_arn"),
        ("model-writer", "bucket_prefix"),
        ("prometheus-writer", "workspace_arn"),
    ],
)
def test_a_policy_without_what_it_is_for_is_refused_by_the_name_of_that(
    name: Any, field: str
) -> None:
    with pytest.raises(ValueError, match=field):
        POD_POLICIES[name](replace(SCOPE, **{field: ""}))


def test_other_partitions_have_their_own_arns() -> None:
    text = json.dumps(POD_POLICIES["ebs-csi"](replace(SCOPE, partition="aws-cn")))
    assert "arn:aws-cn:ec2" in text
    assert "arn:aws:" not in text


def _statements(made: Document) -> list[dict[str, Any]]:
    return made["Statement"]


def _actions(made: Document) -> Iterator[str]:
    for statement in _statements(made):
        yield from statement["Action"]


def _reads(action: str) -> bool:
    return action.split(":")[1].startswith(("Describe", "Get", "List", "BatchGet"))


@cache
def _operations(service: str) -> set[str]:
    return set(botocore.session.get_session().get_service_model(service).operation_names)
