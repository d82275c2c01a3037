"""Roles of pods: whom they trust, what they wait for."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from components.aws.identity import PodIdentities, PodIdentitiesArgs, ScopeArgs
from components.aws.policies import NEEDS, POD_POLICIES, PolicyScope
from components.specs.aws import IdentitySpec, PodIdentitySpec
from tests.support.aws_policies import KEYED
from tests.support.aws_specs import TAGS
from tests.support.resource_graph import Graph, graph

IDENTITY = IdentitySpec(
    pods=(
        PodIdentitySpec(policy="vpc-cni", namespace="kube-system", service_account="aws-node"),
        PodIdentitySpec(policy="model-reader", namespace="llm", service_account="chat-engine"),
    ),
    permissions_boundary="arn:aws:iam::111122223333:policy/boundary",
    path="/slipway/",
)
SCOPE = ScopeArgs(**vars(KEYED))


@pytest.fixture(scope="module")
def made() -> Graph:
    args = PodIdentitiesArgs(spec=IDENTITY, scope=SCOPE, tags=TAGS)
    return graph(lambda: PodIdentities("identities", args) and None)


def test_a_role_trusts_one_service_account_of_one_cluster(made: Graph) -> None:
    role = made.named("identities-model-reader-role-role")
    (statement,) = json.loads(role.inputs["assumeRolePolicy"])["Statement"]
    assert statement["Principal"] == {"Service": "pods.eks.amazonaws.com"}
    assert statement["Condition"]["StringEquals"] == {
        "aws:RequestTag/eks-cluster-arn": KEYED.cluster_arn,
        "aws:RequestTag/kubernetes-namespace": "llm",
        "aws:RequestTag/kubernetes-service-account": "chat-engine",
    }


def test_every_role_is_bounded_and_lies_under_the_path(made: Graph) -> None:
    roles = made.of_type("aws:iam/role:Role")
    assert len(roles) == 2
    for role in roles:
        assert role.inputs["permissionsBoundary"] == IDENTITY.permissions_boundary
        assert role.inputs["path"] == "/slipway/"


def test_a_pod_gets_its_role_once_the_role_may_do_what_it_is_for(made: Graph) -> None:
    association = "identities-vpc-cni"
    assert made.waits(association, "identities-vpc-cni-role-vpc-cni")
    given = made.named(association).inputs
    assert given["serviceAccount"] == "aws-node"
    assert given["clusterName"] == KEYED.cluster_name


def test_a_role_has_the_document_of_its_policy(made: Graph) -> None:
    inline = made.named("identities-model-reader-role-model-reader")
    assert json.loads(inline.inputs["policy"]) == POD_POLICIES["model-reader"](KEYED)


@pytest.mark.parametrize("name", POD_POLICIES)
def test_a_policy_reads_no_more_of_its_scope_than_it_says(name: Any) -> None:
    known = {field: getattr(KEYED, field) for field in NEEDS[name]}
    assert POD_POLICIES[name](PolicyScope(**known)) == POD_POLICIES[name](KEYED)


def test_what_is_known_later_has_the_names_of_what_is_known() -> None:
    later, known = dataclasses.fields(ScopeArgs), dataclasses.fields(PolicyScope)
    assert [field.name for field in later] == [field.name for field in known]
