"""The cloud of the tests as boto3 sees it."""

from __future__ import annotations

from typing import Any

import pytest
from boto3 import Session
from botocore.exceptions import ClientError

from tests.support.aws_provider.cloud import Cloud
from tests.support.aws_provider.view import view

_INTERFACE = "aws:ec2/networkInterface:NetworkInterface"


def test_objects_are_found_by_their_tags(aws: Cloud) -> None:
    aws.add("aws:ec2/vpc:Vpc", "vpc-1", arn="arn:one", tagsAll={"stack": "dev", "name": "a"})
    aws.add("aws:ec2/vpc:Vpc", "vpc-2", arn="arn:two", tagsAll={"stack": "prod"})
    aws.add("aws:ec2/vpc:Vpc", "vpc-3", arn="arn:three")
    with view(aws.store) as where:
        client = _client("resourcegroupstaggingapi", where)
        found = client.get_resources(TagFilters=[{"Key": "stack", "Values": ["dev"]}])
        assert [each["ResourceARN"] for each in found["ResourceTagMappingList"]] == ["arn:one"]
        found = client.get_resources(TagFilters=[{"Key": "stack"}])
        assert len(found["ResourceTagMappingList"]) == 2


def test_a_role_is_told_by_iam_alone_as_the_tagging_api_has_none(aws: Cloud) -> None:
    aws.add("aws:iam/role:Role", "nodes", arn="arn:nodes", tagsAll={"stack": "dev"})
    with view(aws.store) as where:
        role = _client("iam", where).get_role(RoleName="nodes")["Role"]
        assert (role["Arn"], role["Tags"]) == ("arn:nodes", [{"Key": "stack", "Value": "dev"}])
        tagging = _client("resourcegroupstaggingapi", where)
        assert tagging.get_resources()["ResourceTagMappingList"] == []
        iam = _client("iam", where)
        with pytest.raises(iam.exceptions.NoSuchEntityException):
            iam.get_role(RoleName="other")


def test_interfaces_of_a_network_are_listed_by_tag(aws: Cloud) -> None:
    aws.add("aws:ec2/subnet:Subnet", "subnet-1", vpcId="vpc-1")
    aws.add(_INTERFACE, "eni-1", subnetId="subnet-1", tagsAll={"cluster": "a"})
    aws.add(_INTERFACE, "eni-2", subnetId="subnet-1")
    filters = [
        {"Name": "vpc-id", "Values": ["vpc-1"]},
        {"Name": "tag:cluster", "Values": ["a"]},
    ]
    with view(aws.store) as where:
        found = _client("ec2", where).describe_network_interfaces(Filters=filters)
    assert [each["NetworkInterfaceId"] for each in found["NetworkInterfaces"]] == ["eni-1"]
    assert found["NetworkInterfaces"][0]["TagSet"] == [{"Key": "cluster", "Value": "a"}]


def test_what_it_cannot_answer_is_refused_by_name(aws: Cloud) -> None:
    with view(aws.store) as where, pytest.raises(ClientError, match="DescribeImages"):
        _client("ec2", where).describe_images()


def _client(service: Any, where: dict[str, str]) -> Any:
    return Session().client(
        service,
        region_name="us-east-1",
        endpoint_url=where["AWS_ENDPOINT_URL"],
        aws_access_key_id="tests",
        aws_secret_access_key="tests",
    )
