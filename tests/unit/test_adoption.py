"""What a killed run has made, as the state then holds it."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from operations.adoption.adopt import adopted
from operations.adoption.half_made import HalfMade, half_made
from operations.adoption.ids import id_of
from operations.adoption.lookup import AmbiguousError, found

TAGS = {
    "slipway.dev/project": "slipway",
    "slipway.dev/stack": "prod",
    "slipway.dev/name": "network-vpc",
}
VPC = "aws:ec2/vpc:Vpc"


def test_an_id_is_what_the_provider_calls_an_object() -> None:
    account = "us-east-1:123456789012"
    assert id_of(VPC, f"arn:aws:ec2:{account}:vpc/vpc-1", {}) == "vpc-1"
    assert id_of("aws:kms/key:Key", f"arn:aws:kms:{account}:key/k-1", {}) == "k-1"
    secret = f"arn:aws:secretsmanager:{account}:secret:keys-a1b2c3"
    assert id_of("aws:secretsmanager/secret:Secret", secret, {}) == secret
    queue = f"arn:aws:sqs:{account}:interruptions"
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/interruptions"
    assert id_of("aws:sqs/queue:Queue", queue, {}) == url
    addon = {"clusterName": "chat", "addonName": "vpc-cni"}
    arn = f"arn:aws:eks:{account}:addon/chat/vpc-cni/1234"
    assert id_of("aws:eks/addon:Addon", arn, addon) == "chat:vpc-cni"
    group = f"arn:aws:logs:{account}:log-group:/aws/eks/chat/cluster"
    name = {"name": "/aws/eks/chat/cluster"}
    assert id_of("aws:cloudwatch/logGroup:LogGroup", group, name) == name["name"]


def test_what_was_found_is_in_the_state_and_no_longer_pending() -> None:
    state = _state(_pending("a"), _pending("b"))
    said: list[str] = []
    changed = adopted(state, lambda half: "vpc-1" if half.urn == "a" else None, said.append)
    assert changed is not None
    assert [each["urn"] for each in changed["pending_operations"]] == ["b"]
    assert changed["resources"][-1]["id"] == "vpc-1"
    assert said == [f"taking over {VPC} vpc-1, which a killed run has made"]
    assert state == _state(_pending("a"), _pending("b")), "the state that was read is changed"


def test_nothing_is_written_where_nothing_was_found() -> None:
    assert adopted(_state(_pending("a")), lambda _: None, lambda _: None) is None


def test_only_creates_of_aws_are_looked_for() -> None:
    deleting = {**_pending("c"), "type": "deleting"}
    other = _pending("d")
    other["resource"]["type"] = "local:index:Model"
    state = _state(_pending("a"), _pending("b"), deleting, other)
    assert [half.urn for half in half_made(state)] == ["a", "b"]


def test_what_is_replaced_is_not_taken_for_its_replacement() -> None:
    old = {"urn": "a", "type": VPC, "id": "vpc-1", "outputs": {"arn": "arn:1"}}
    state = {**_state(_pending("a")), "resources": [old]}
    (half,) = half_made(state)
    assert half.replaced == {"vpc-1", "arn:1"}
    changed = adopted(state, lambda _: "vpc-2", lambda _: None)
    assert changed is not None
    kept = [(each["id"], each.get("delete", False)) for each in changed["resources"]]
    assert kept == [("vpc-1", True), ("vpc-2", False)]


def test_of_what_was_deleted_before_it_is_replaced_nothing_stays_in_the_state() -> None:
    old = {"urn": "a", "type": VPC, "id": "vpc-1", "pendingReplacement": True}
    state = {**_state(_pending("a")), "resources": [old]}
    changed = adopted(state, lambda _: "vpc-2", lambda _: None)
    assert changed is not None
    assert [each["id"] for each in changed["resources"]] == ["vpc-2"]


def test_it_is_looked_for_where_its_provider_works() -> None:
    state = _state(_pending("a"))
    state["resources"].append(
        {
            "urn": "urn:aws",
            "id": "1",
            "type": "pulumi:providers:aws",
            "inputs": {"region": "eu-west-1"},
        }
    )
    state["pending_operations"][0]["resource"]["provider"] = "urn:aws::1"
    (half,) = half_made(state)
    assert half.region == "eu-west-1"


@mock_aws
def test_an_object_is_found_by_all_of_its_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    _credentials(monkeypatch)
    ec2 = boto3.client("ec2", "us-east-1")
    _vpc(ec2, {**TAGS, "slipway.dev/stack": "dev"})
    made = _vpc(ec2, TAGS)
    assert found(boto3.client, _half()) == made
    _vpc(ec2, TAGS)
    with pytest.raises(AmbiguousError, match="delete one"):
        found(boto3.client, _half())


@mock_aws
def test_a_role_is_found_by_the_name_that_was_chosen_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _credentials(monkeypatch)
    inputs = {"name": "nodes-1a2b3c", "tags": TAGS}
    half = HalfMade({"urn": "a", "type": "aws:iam/role:Role", "inputs": inputs}, "us-east-1")
    assert found(boto3.client, half) is None
    iam = boto3.client("iam")
    iam.create_role(RoleName="nodes-1a2b3c", AssumeRolePolicyDocument="{}")
    assert found(boto3.client, half) is None, "it is somebody else's"
    tags = [{"Key": key, "Value": value} for key, value in TAGS.items()]
    iam.tag_role(RoleName="nodes-1a2b3c", Tags=tags)
    assert found(boto3.client, half) == "nodes-1a2b3c"


@mock_aws
def test_what_bears_no_tags_is_found_in_what_it_is_a_part_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _credentials(monkeypatch)
    ec2 = boto3.client("ec2", "us-east-1")
    vpc = _vpc(ec2, TAGS)
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    route = _part("aws:ec2/route:Route", routeTableId=table, destinationCidrBlock="0.0.0.0/0")
    kind = "aws:ec2/routeTableAssociation:RouteTableAssociation"
    association = _part(kind, routeTableId=table, subnetId=subnet)
    assert found(boto3.client, route) is None
    assert found(boto3.client, association) is None
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    made = ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)["AssociationId"]
    assert found(boto3.client, route) == f"r-{table}1080289494"
    assert found(boto3.client, association) == made


@mock_aws
def test_an_instance_profile_is_found_as_roles_are(monkeypatch: pytest.MonkeyPatch) -> None:
    _credentials(monkeypatch)
    inputs = {"name": "launched-1a2b3c", "tags": TAGS}
    kind = "aws:iam/instanceProfile:InstanceProfile"
    half = HalfMade({"urn": "a", "type": kind, "inputs": inputs}, "us-east-1")
    assert found(boto3.client, half) is None
    tags = [{"Key": key, "Value": value} for key, value in TAGS.items()]
    iam = boto3.client("iam")
    iam.create_instance_profile(InstanceProfileName="launched-1a2b3c", Tags=tags)
    assert found(boto3.client, half) == "launched-1a2b3c"


@pytest.mark.parametrize("made", [True, False])
def test_a_rule_of_a_cache_is_found_by_its_prefix(
    made: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    _credentials(monkeypatch)
    ecr = boto3.client("ecr", "us-east-1")
    asked = {"ecrRepositoryPrefixes": ["slipway/k8s"]}
    half = _part(
        "aws:ecr/pullThroughCacheRule:PullThroughCacheRule", ecrRepositoryPrefix="slipway/k8s"
    )
    with Stubber(ecr) as stub:
        if made:
            stub.add_response("describe_pull_through_cache_rules", {}, asked)
        else:
            stub.add_client_error(
                "describe_pull_through_cache_rules",
                "PullThroughCacheRuleNotFoundException",
                expected_params=asked,
            )
        assert found(lambda *_: ecr, half) == ("slipway/k8s" if made else None)


def _part(kind: str, **inputs: str) -> HalfMade:
    return HalfMade({"urn": "a", "type": kind, "inputs": inputs}, "us-east-1")


def _half() -> HalfMade:
    return HalfMade({"urn": "a", "type": VPC, "inputs": {"tags": TAGS}}, "us-east-1")


def _pending(urn: str) -> dict[str, Any]:
    resource = {"urn": urn, "type": VPC, "custom": True, "inputs": {"tags": TAGS}}
    return {"urn": urn, "type": "creating", "resource": resource}


def _state(*pending: dict[str, Any]) -> dict[str, Any]:
    return {"resources": [{"urn": "stack", "type": "pulumi:pulumi:Stack"}]} | {
        "pending_operations": list(pending)
    }


def _vpc(ec2: Any, tags: dict[str, str]) -> str:
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    specification = {"ResourceType": "vpc", "Tags": listed}
    made = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=[specification])
    return made["Vpc"]["VpcId"]


def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
