"""What is registered, as boto3's calls: held against botocore's own models, and made in moto."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
from moto import mock_aws

from planning.catalog.load import load_catalog
from tests.support.aws_calls.call import Call, first_call, further_calls, rows
from tests.support.aws_calls.run import Run
from tests.support.aws_calls.values import NotInModelError

_PRESETS = Path(__file__).parent / "goldens"
_WHOLE = Path(__file__).parents[1] / "golden" / "graphs" / "every-component.json"
_FILES = [*sorted(_PRESETS.glob("*.json")), _WHOLE]
_NOT_IN_MOTO = {
    "ecr.CreatePullThroughCacheRule",
    "ecr.CreateRepositoryCreationTemplate",
    "eks.AssociateAccessPolicy",
    "eks.CreateAccessEntry",
    "eks.CreateAddon",
    "eks.CreatePodIdentityAssociation",
}
"""Of moto 5.2.5: their arguments are held against botocore's models alone."""
_LINGERS = (":kms:", ":secret:", ":natgateway/")
"""Are deleted at the end of a window, or told of for a while after it, as by AWS."""
_TAGS = [{"Key": "slipway.dev/name"}]
REGION = "us-east-1"


def registered(file: Path) -> list[dict[str, Any]]:
    return json.loads(file.read_text())


def calls(file: Path) -> Iterator[tuple[str, Call]]:
    known = {"id": "i-0123456789", "name": "made-up"}
    for one in registered(file):
        if one["type"].startswith("aws:") and "call" in rows()[one["type"]]:
            kind, name, inputs = one["type"], one["name"], one["inputs"]
            yield name, first_call(kind, name, inputs)
            yield from ((name, each) for each in further_calls(kind, inputs, known))


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_aws_own_models_have_every_key_and_every_value(file: Path) -> None:
    made = list(calls(file))
    assert len(made) >= 35
    problems = {name: said for name, call in made if (said := call.problems())}
    assert problems == {}


@pytest.mark.parametrize(
    ("kind", "key", "value", "said"),
    [
        ("aws:eks/nodeGroup:NodeGroup", "capacityType", "CHEAP", "has no 'CHEAP'"),
        ("aws:eks/nodeGroup:NodeGroup", "amiType", "AL2023_x86_64_NVIDA", "has no 'AL2023_x86_64_"),
        ("aws:eks/nodeGroup:NodeGroup", "instanceKinds", ["g6.xlarge"], "has no instanceKinds"),
        ("aws:eks/cluster:Cluster", "enabledClusterLogTypes", ["apis"], "has no 'apis'"),
        ("aws:ec2/launchTemplate:LaunchTemplate", "instanceType", "g6.small", "has no 'g6.small'"),
    ],
)
def test_what_aws_does_not_have_is_refused_by_name(
    kind: str, key: str, value: object, said: str
) -> None:
    one = next(one for one in registered(_WHOLE) if one["type"] == kind)
    with pytest.raises(NotInModelError, match=said):
        first_call(kind, one["name"], {**one["inputs"], key: value})


def test_what_is_missing_or_too_short_is_told_by_the_model() -> None:
    one = next(one for one in registered(_WHOLE) if one["type"] == "aws:eks/cluster:Cluster")
    inputs = copy.deepcopy(one["inputs"])
    del inputs["roleArn"]
    inputs["name"] = ""
    said = first_call(one["type"], one["name"], inputs).problems()
    assert 'Missing required parameter in input: "roleArn"' in said
    assert "Invalid length for parameter name" in said


def test_ec2_has_every_instance_type_of_the_catalog() -> None:
    model: Any = botocore.session.get_session().get_service_model("ec2")
    known = set(model.shape_for("InstanceType").enum)
    assert {name for name in load_catalog().instances if name not in known} == set()


@pytest.mark.parametrize("file", [_PRESETS / "eks-prod.json", _WHOLE], ids=lambda file: file.stem)
def test_moto_makes_all_that_it_knows_in_this_order_and_takes_it_away(
    monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "tests")
    with mock_aws(config={"iam": {"load_aws_managed_policies": True}}):
        client: Any = boto3.Session().client
        zone = client("route53", REGION).create_hosted_zone(Name="example.com", CallerReference="1")
        there = zone["HostedZone"]["Id"].rpartition("/")[2]
        run = Run(region=REGION, known={"Z1": there, "Z0123456789ABCDEFGHIJ": there})
        run.up(registered(file))
        assert run.lacks <= _NOT_IN_MOTO
        tagging = client("resourcegroupstaggingapi", REGION)
        assert len(_tagged(tagging)) >= 20
        run.down()
        assert run.lacks <= _NOT_IN_MOTO
        assert [arn for arn in _tagged(tagging) if not any(kind in arn for kind in _LINGERS)] == []


def _tagged(client: Any) -> list[str]:
    found = client.get_paginator("get_resources").paginate(TagFilters=_TAGS)
    return [one["ResourceARN"] for page in found for one in page["ResourceTagMappingList"]]
