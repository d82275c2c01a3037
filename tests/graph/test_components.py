"""What holds for every component of AWS, in every preset."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest

from components.aws.tags import NAME
from tests.support.eks_stack import PRESETS, preset_stack
from tests.support.resource_graph import Graph, Registered

LONGEST = {
    "aws:iam/role:Role": 64,
    "aws:iam/instanceProfile:InstanceProfile": 128,
    "aws:eks/nodeGroup:NodeGroup": 63,
    "aws:ec2/launchTemplate:LaunchTemplate": 128,
    "aws:ec2/placementGroup:PlacementGroup": 255,
    "aws:ec2/securityGroup:SecurityGroup": 255,
    "aws:sqs/queue:Queue": 80,
    "aws:cloudwatch/eventRule:EventRule": 64,
    "aws:s3/bucket:Bucket": 63,
}
"""Characters of a physical name, by AWS; Pulumi appends eight to the logical one."""
APPENDED = 8


@pytest.fixture(params=PRESETS)
def made(request: pytest.FixtureRequest) -> Graph:
    return preset_stack(request.param)


def test_everything_that_can_carry_tags_says_its_stack_and_its_own_name(made: Graph) -> None:
    tagged = [one for one in made.resources if one.type.startswith("aws:") and can_carry_tags(one)]
    assert len(tagged) > 20
    for one in tagged:
        tags = one.inputs.get("tags", {})
        assert tags.get(NAME) == one.name, one.name
        assert tags.get("slipway.dev/stack") == "dev", one.name


def test_a_name_starts_with_its_parents(made: Graph) -> None:
    for one in made.resources:
        if one.parent:
            assert one.name.startswith(f"{one.parent}-"), one.name


def test_names_are_one_of_a_kind(made: Graph) -> None:
    seen = [(one.type, one.name) for one in made.resources]
    assert len(seen) == len(set(seen))


def test_every_component_says_that_it_is_complete(made: Graph) -> None:
    components = {one.name for one in made.resources if not one.custom}
    assert components <= made.outputs.keys()


def test_a_name_that_pulumi_makes_is_no_longer_than_aws_takes(made: Graph) -> None:
    for one in made.resources:
        if one.type in LONGEST and "name" not in one.inputs:
            assert len(one.name) + APPENDED <= LONGEST[one.type], one.name


def test_every_role_is_below_the_stacks_path_and_boundary(made: Graph) -> None:
    for role in made.of_type("aws:iam/role:Role"):
        assert role.inputs["path"].startswith("/"), role.name


def can_carry_tags(one: Registered) -> bool:
    return "tags" in inspect.signature(args_class(one.type)).parameters


def args_class(kind: str) -> Any:
    """Of a type token such as `aws:ec2/vpc:Vpc`."""
    _, path, name = kind.split(":")
    module = path.partition("/")[0]
    return getattr(importlib.import_module(f"pulumi_aws.{module}"), f"{name}Args")
