"""Whole EKS stacks, from their stack files: what waits for what, so what goes before what."""

from __future__ import annotations

import json

import pytest

from tests.support.eks_stack import PRESETS, preset_plan, preset_stack, stack_graph
from tests.support.resource_graph import Graph

KUBERNETES = "kubernetes:"
PROGRAM = {"vllm": "vllm serve", "tensorrt-llm": "trtllm-serve"}
ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation"


@pytest.fixture(params=PRESETS)
def made(request: pytest.FixtureRequest) -> Graph:
    return preset_stack(request.param)


def test_what_is_served_goes_first_and_then_whoever_serves_it(made: Graph) -> None:
    objects = [one.name for one in made.children("serving") if one.type.startswith(KUBERNETES)]
    assert objects
    for name in objects:
        assert made.waits(name, "cluster-drain"), name


def test_what_controllers_have_made_is_gone_before_the_controllers_and_their_rights(
    made: Graph,
) -> None:
    rights = [
        one.name for one in made.of_type("aws:eks/podIdentityAssociation:PodIdentityAssociation")
    ]
    releases = [one.name for one in made.of_type("kubernetes:helm.sh/v3:Release")]
    assert releases
    for name in (*rights, *releases):
        assert made.waits("cluster-drain", name), name


def test_prometheus_writes_to_a_workspace_by_a_role_that_may_do_nothing_else() -> None:
    arn = "arn:aws:aps:eu-west-1:111122223333:workspace/ws-0a1b2c3d-4e5f"
    made = stack_graph(preset_plan("eks-dev", {"aws.prometheusWorkspace": arn}))
    release = made.named("operators-kube-prometheus-stack")
    (remote,) = release.inputs["values"]["prometheus"]["prometheusSpec"]["remoteWrite"]
    assert remote == {
        "url": "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0a1b2c3d-4e5f"
        "/api/v1/remote_write",
        "sigv4": {"region": "eu-west-1"},
    }
    whose = made.named("identities-prometheus-writer").inputs
    assert whose["namespace"] == release.inputs["namespace"]
    assert whose["serviceAccount"] == f"{release.inputs['name']}-prometheus"
    assert made.waits("operators-kube-prometheus-stack", "identities-prometheus-writer")
    policy = json.loads(
        made.named("identities-prometheus-writer-role-prometheus-writer").inputs["policy"]
    )
    (allowed,) = policy["Statement"]
    assert (allowed["Action"], allowed["Resource"]) == (["aps:RemoteWrite"], [arn])


def test_a_pool_goes_before_its_class_and_the_class_before_what_its_nodes_need(
    made: Graph,
) -> None:
    for pool in made.of_type("kubernetes:karpenter.sh/v1:NodePool"):
        name = pool.inputs["spec"]["template"]["spec"]["nodeClassRef"]["name"]
        (of_class,) = [
            one.name
            for one in made.children("pools")
            if one.inputs["kind"] != "NodePool" and one.inputs["metadata"]["name"] == name
        ]
        assert made.waits(pool.name, of_class)
        assert made.waits(of_class, "cluster-drain")
        karpenter = [one for one in made.resources if one.name == "operators-karpenter"]
        for needed in (*karpenter, *made.children("launched-entry")):
            assert made.waits(of_class, needed.name), needed.name


def test_nodes_go_before_their_role_and_the_cluster_before_its_interfaces_subnets(
    made: Graph,
) -> None:
    for group in made.of_type("aws:eks/nodeGroup:NodeGroup"):
        assert made.waits(group.name, "nodes-role-node")
        assert made.waits(group.name, "cluster-cluster")
    assert made.waits("cluster-cluster", "network-drain")
    for subnet in made.of_type("aws:ec2/subnet:Subnet"):
        assert made.waits("network-drain", subnet.name)


def test_a_node_starts_once_it_has_a_network_rights_and_a_way_out(made: Graph) -> None:
    for group in made.of_type("aws:eks/nodeGroup:NodeGroup"):
        assert made.waits(group.name, "addons-first-vpc-cni")
        assert made.waits(group.name, "identities-vpc-cni")
        for route in made.of_type("aws:ec2/route:Route"):
            if "nat" in route.name:
                assert made.waits(group.name, route.name)


def test_no_kubernetes_object_is_made_by_another_provider_than_the_clusters(made: Graph) -> None:
    for one in made.resources:
        if one.type.startswith(KUBERNETES):
            assert one.provider == "kubernetes", one.name
        if one.type.startswith("aws:"):
            assert one.provider == "aws", one.name


def test_what_bears_no_tags_and_is_put_by_name_has_a_fixed_one(made: Graph) -> None:
    """Recovery finds nothing of it: a killed run's is put again, where it would be a second one."""
    for kind, key in (
        ("aws:iam/rolePolicy:RolePolicy", "name"),
        ("aws:cloudwatch/eventTarget:EventTarget", "targetId"),
    ):
        for one in made.of_type(kind):
            assert one.inputs.get(key), one.name


def test_no_secret_is_an_input_in_clear(made: Graph) -> None:
    text = made.as_text()
    assert "<secret>" in text
    assert "never-in-clear" not in text


def test_a_protected_stack_keeps_what_holds_data_or_runs_the_cluster() -> None:
    kept = {
        one.type.rpartition(":")[2] for one in preset_stack("eks-prod").resources if one.protect
    }
    assert {"Cluster", "Key", "Vpc"} <= kept
    assert not any(one.protect for one in preset_stack("eks-dev").resources)


def test_the_clusters_api_is_another_one_only_with_another_cluster(made: Graph) -> None:
    provider = made.named("kubernetes")
    assert provider.inputs["clusterIdentifier"].endswith("@2026-12-01T00:00:00Z")


def test_in_a_preview_everything_that_will_be_made_is_shown(made: Graph) -> None:
    """Nothing is made inside an apply: an unknown value would hide it."""
    for preset in PRESETS:
        if preset_stack(preset) is made:
            shown = stack_graph(preset_plan(preset), preview=True)
            assert names(shown) == names(made)


@pytest.mark.parametrize("engine", ["vllm", "tensorrt-llm"])
def test_the_engine_of_a_stack_file_is_what_its_gpu_nodes_run(engine: str) -> None:
    made = stack_graph(preset_plan("eks-prod", {"engine.kind": engine}))
    pods = [
        one.inputs["spec"]["template"]["spec"]
        for one in made.of_type("kubernetes:apps/v1:Deployment")
        if "nvidia.com/gpu" in str(one.inputs)
    ]
    assert pods
    for pod in pods:
        (container,) = [one for one in pod["containers"] if one["name"] == "engine"]
        assert container["resources"]["limits"]["nvidia.com/gpu"] == "4"
        assert PROGRAM[engine] in " ".join(container["command"] + container["args"])


def names(made: Graph) -> set[tuple[str, str]]:
    return {(one.type, one.name) for one in made.resources}
