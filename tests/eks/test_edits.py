"""Edits through the real engine: in place where AWS can, another object where it cannot."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.aws_provider.cloud import Cloud, cloud
from tests.support.aws_stack import aws_stack
from tests.support.pulumi_stack import PulumiStack

_CLUSTER = "aws:eks/cluster:Cluster"


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Generator[Cloud]:
    with cloud(Path(tmp_path_factory.mktemp("aws"))) as found:
        yield found


@pytest.fixture(scope="module")
def stack(aws: Cloud) -> Generator[PulumiStack]:
    """A stack that stands; each test makes its change and takes nothing back."""
    with aws_stack(aws) as found:
        found.up()
        yield found


def test_another_version_upgrades_the_cluster_in_place(aws: Cloud, stack: PulumiStack) -> None:
    before = aws.one(_CLUSTER).state["endpoint"]
    stack.config["small:version"] = "1.34"
    assert stack.up().operations == {"cluster": "update"}
    assert aws.one(_CLUSTER).state["version"] == "1.34"
    assert aws.one(_CLUSTER).state["endpoint"] == before
    assert stack.preview().operations == {}


def test_two_versions_at_once_are_refused_and_change_nothing(
    aws: Cloud, stack: PulumiStack
) -> None:
    stack.settle()
    stack.config["small:version"] = "1.36"
    refused = stack.up(check=False)
    assert refused.code
    assert "updating EKS Cluster (cluster)" in refused.text
    assert "Unsupported Kubernetes minor version update" in refused.text
    del stack.config["small:version"]
    stack.config["small:version"] = aws.one(_CLUSTER).state["version"]
    assert stack.up().operations == {}


def test_another_instance_type_replaces_the_nodes_alone(aws: Cloud, stack: PulumiStack) -> None:
    stack.settle()
    old = aws.one("aws:eks/nodeGroup:NodeGroup").id
    stack.config["small:instanceType"] = "t3.xlarge"
    outcome = stack.up()
    assert outcome.operations.keys() == {"nodes"}
    assert aws.one("aws:eks/nodeGroup:NodeGroup").id != old
    assert stack.preview().operations == {}


def test_other_user_data_is_a_new_version_of_the_template(aws: Cloud, stack: PulumiStack) -> None:
    stack.settle()
    stack.config["small:userData"] = "IyEvYmluL3No"
    assert stack.up().operations == {"template": "update", "nodes": "update"}
    nodes = aws.one("aws:eks/nodeGroup:NodeGroup").state
    assert nodes["launchTemplate"]["version"] == "2"
    assert stack.preview().operations == {}


def test_a_change_by_hand_is_seen_by_refresh_and_taken_back(aws: Cloud, stack: PulumiStack) -> None:
    stack.settle()
    nodes = aws.one("aws:eks/nodeGroup:NodeGroup")
    aws.change(nodes, scalingConfig={"minSize": 1, "maxSize": 3, "desiredSize": 3})
    stack.refresh()
    assert stack.up().operations == {"nodes": "update"}
    assert aws.one("aws:eks/nodeGroup:NodeGroup").state["scalingConfig"]["desiredSize"] == 1
