"""What a stack has left on AWS, by moto's AWS."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from operations.orphans.command import Asked, run

REGION = "us-east-1"
ASKED = Asked(project="slipway", stack="prod", cluster="slipway-prod", region=REGION, path="/")
STACK = {"slipway.dev/project": "slipway", "slipway.dev/stack": "prod"}


@pytest.fixture
def ec2(monkeypatch: pytest.MonkeyPatch) -> Generator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        yield boto3.client("ec2", REGION)


def test_what_costs_most_comes_first_with_its_name_age_and_price(
    ec2: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    ec2.create_nat_gateway(
        SubnetId=subnet,
        AllocationId=address,
        TagSpecifications=_tags("natgateway", {**STACK, "slipway.dev/name": "network-nat-a"}),
    )
    ec2.create_volume(
        AvailabilityZone=f"{REGION}a",
        Size=100,
        VolumeType="gp3",
        TagSpecifications=_tags("volume", {"ebs.csi.aws.com/cluster-name": "slipway-prod"}),
    )
    code, found = _run(capsys)
    assert code == 1
    assert [one["kind"] for one in found] == ["ec2:natgateway", "ec2:volume"]
    assert found[0]["name"] == "network-nat-a"
    assert found[0]["monthlyUsd"] == pytest.approx(0.045 * 730)
    assert found[1]["monthlyUsd"] == pytest.approx(8)
    assert all(one["created"] for one in found)


def test_what_another_stack_or_cluster_has_is_not_told(
    ec2: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    for tags in (
        {**STACK, "slipway.dev/stack": "dev"},
        {"slipway.dev/stack": "prod"},
        {"ebs.csi.aws.com/cluster-name": "slipway-prod-2"},
        {"kubernetes.io/cluster/slipway-prod": "shared"},
    ):
        _volume(ec2, tags)
    assert _run(capsys) == (0, [])


def test_what_the_state_knows_is_no_orphan(ec2: Any, capsys: pytest.CaptureFixture[str]) -> None:
    kept, lost = _volume(ec2, STACK), _volume(ec2, STACK)
    _, found = _run(capsys, known={kept})
    assert [one["id"] for one in found] == [lost]


def test_what_is_ended_or_waits_to_disappear_is_not_told(
    ec2: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    image = ec2.describe_images()["Images"][0]["ImageId"]
    made = ec2.run_instances(
        ImageId=image, MinCount=1, MaxCount=1, TagSpecifications=_tags("instance", STACK)
    )
    ec2.terminate_instances(InstanceIds=[made["Instances"][0]["InstanceId"]])
    kms = boto3.client("kms", REGION)
    tags = [{"TagKey": key, "TagValue": value} for key, value in STACK.items()]
    key = kms.create_key(Tags=tags)["KeyMetadata"]["KeyId"]
    assert [one["kind"] for one in _run(capsys)[1]] == ["kms:key"]
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert _run(capsys) == (0, [])


def test_what_tags_do_not_reach_is_found_beside(
    ec2: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    iam = boto3.client("iam")
    tags = [{"Key": key, "Value": value} for key, value in STACK.items()]
    iam.create_role(RoleName="ours", AssumeRolePolicyDocument="{}", Tags=tags)
    iam.create_role(RoleName="others", AssumeRolePolicyDocument="{}")
    boto3.client("logs", REGION).create_log_group(logGroupName="/aws/eks/slipway-prod/cluster")
    ecr = boto3.client("ecr", REGION)
    ecr.create_repository(repositoryName="slipway-prod-cache/k8s/pause")
    ecr.create_repository(repositoryName="somebody/else")
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    ec2.create_network_interface(SubnetId=subnet, Description="Amazon EKS slipway-prod")
    code, found = _run(capsys)
    assert code == 1
    assert sorted(one["kind"] for one in found) == [
        "ec2:network-interface",
        "ecr:repository",
        "iam:role",
        "logs:log-group",
    ]


def test_it_changes_nothing(ec2: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    real = boto3.Session.client

    def watched(self: boto3.Session, *arguments: Any, **more: Any) -> Any:
        made = real(self, *arguments, **more)
        made.meta.events.register(
            "before-call", lambda model, **_: called.append(model.name), unique_id="watch"
        )
        return made

    monkeypatch.setattr(boto3.Session, "client", watched)
    run(ASKED, set(), as_json=True, say=lambda _: None)
    assert len(called) > 8
    assert all(name.startswith(("Describe", "Get", "List")) for name in called), called


def test_an_account_that_cannot_be_asked_is_not_an_empty_one(
    ec2: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    assert run(ASKED, set(), as_json=True, say=said.append) == 3
    assert said == ["AWS gave no answer: EndpointConnectionError"]


def test_people_read_a_table_with_the_sum(ec2: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _volume(ec2, STACK)
    run(ASKED, set(), as_json=False, say=lambda _: None)
    text = capsys.readouterr().out
    assert "ec2:volume" in text
    assert "1 left; those with a known price: $8.00 a month" in text


def _run(
    capsys: pytest.CaptureFixture[str], known: set[str] | None = None
) -> tuple[int, list[dict[str, Any]]]:
    code = run(ASKED, known or set(), as_json=True, say=lambda _: None)
    return code, json.loads(capsys.readouterr().out)


def _volume(ec2: Any, tags: dict[str, str]) -> str:
    made = ec2.create_volume(
        AvailabilityZone=f"{REGION}a",
        Size=100,
        VolumeType="gp3",
        TagSpecifications=_tags("volume", tags),
    )
    return made["VolumeId"]


def _tags(kind: str, tags: dict[str, str]) -> list[dict[str, Any]]:
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    return [{"ResourceType": kind, "Tags": listed}]
