"""Managed pools, as they are registered."""

from __future__ import annotations

import base64
import dataclasses
from typing import Any

from components.specs.aws import NodePoolSpec
from tests.support.aws_cluster import IMAGES, managed_pool
from tests.support.aws_specs import BOTTLEROCKET_POOL, EFA_POOL, GPU_POOL, SYSTEM_POOL
from tests.support.resource_graph import Graph, graph


def test_a_spot_pool_has_several_types_and_a_group_on_demand_for_when_there_is_none() -> None:
    made = pool(GPU_POOL)
    spot, fallback = made.named("serving-spot").inputs, made.named("serving-on-demand").inputs
    assert spot["instanceTypes"] == fallback["instanceTypes"] == ["g6.2xlarge", "g5.2xlarge"]
    assert (spot["capacityType"], fallback["capacityType"]) == ("SPOT", "ON_DEMAND")
    assert spot["scalingConfig"] == {"minSize": 1, "maxSize": 4, "desiredSize": 1}
    assert fallback["scalingConfig"] == {"minSize": 0, "maxSize": 4, "desiredSize": 0}


def test_how_many_nodes_there_are_is_the_autoscalers() -> None:
    group = pool(GPU_POOL).named("serving-spot")
    assert group.options["ignoreChanges"] == ["scalingConfig.desiredSize"]


def test_a_pod_cannot_ask_for_its_nodes_role() -> None:
    assert template(GPU_POOL)["metadataOptions"] == {
        "httpEndpoint": "enabled",
        "httpTokens": "required",
        "httpPutResponseHopLimit": 1,
    }


def test_a_disk_is_encrypted_and_as_large_as_planned() -> None:
    (disk,) = template(GPU_POOL)["blockDeviceMappings"]
    assert disk["deviceName"] == "/dev/xvda"
    assert disk["ebs"] == {
        "volumeType": "gp3",
        "volumeSize": 200,
        "iops": 6000,
        "throughput": 500,
        "encrypted": "true",
        "deleteOnTermination": "true",
    }


def test_bottlerocket_has_images_on_its_second_disk() -> None:
    system, data = template(BOTTLEROCKET_POOL)["blockDeviceMappings"]
    assert (system["deviceName"], system["ebs"]["volumeSize"]) == ("/dev/xvda", 4)
    assert (data["deviceName"], data["ebs"]["volumeSize"]) == ("/dev/xvdb", 200)


def test_the_image_is_the_pinned_release_that_karpenter_would_take() -> None:
    assert template(GPU_POOL)["imageId"] == (
        "ami-for-aws-service-eks-optimized-ami-1.35-amazon-linux-2023-x86_64-nvidia-"
        "amazon-eks-node-al2023-x86_64-nvidia-1.35-v20260714-image_id"
    )
    assert template(BOTTLEROCKET_POOL)["imageId"] == (
        "ami-for-aws-service-bottlerocket-aws-k8s-1.35-nvidia-x86_64-1.68.0-image_id"
    )


def test_a_node_is_told_where_its_cluster_is() -> None:
    text = base64.b64decode(template(SYSTEM_POOL, "system-on-demand")["userData"]).decode()
    assert "apiServerEndpoint: https://ABC.gr7.us-east-1.eks.amazonaws.com" in text
    assert "cidr: 172.20.0.0/16" in text


def test_every_instance_disk_and_interface_says_whose_it_is() -> None:
    told = template(GPU_POOL)["tagSpecifications"]
    assert {one["resourceType"] for one in told} == {"instance", "network-interface", "volume"}
    for one in told:
        assert one["tags"]["slipway.dev/name"] == "serving-spot"
        assert one["tags"]["kubernetes.io/cluster/slipway-test"] == "owned"


def test_taints_and_labels_are_said_to_eks_in_its_own_words() -> None:
    group = pool(GPU_POOL).named("serving-spot").inputs
    assert group["taints"] == [{"key": "nvidia.com/gpu", "effect": "NO_SCHEDULE"}]
    assert group["labels"] == {"slipway.dev/pool": "serving"}


def test_nodes_with_efa_are_close_together_and_every_card_carries_it() -> None:
    made = pool(EFA_POOL)
    start = template(EFA_POOL, "serving-capacity-block-0")
    first, *others = start["networkInterfaces"]
    assert (first["interfaceType"], first["deviceIndex"]) == ("efa", 0)
    assert {(one["interfaceType"], one["deviceIndex"]) for one in others} == {("efa-only", 1)}
    assert [one["networkCardIndex"] for one in start["networkInterfaces"]] == list(range(32))
    assert all(one["securityGroups"] == ["sg-cluster"] for one in start["networkInterfaces"])
    # EC2 takes groups at the interfaces or at the instance, not at both.
    assert "vpcSecurityGroupIds" not in start
    assert start["placement"] == {"groupName": "serving-placement"}
    assert made.named("serving-placement").inputs["strategy"] == "cluster"


def test_a_capacity_block_is_bought_as_eks_wants_it() -> None:
    group = pool(EFA_POOL).named("serving-capacity-block-0").inputs
    start = template(EFA_POOL, "serving-capacity-block-0")
    assert group["capacityType"] == "CAPACITY_BLOCK"
    assert "instanceTypes" not in group
    assert start["instanceType"] == "p5.48xlarge"
    assert start["instanceMarketOptions"] == {"marketType": "capacity-block"}
    target = start["capacityReservationSpecification"]["capacityReservationTarget"]
    assert target == {"capacityReservationId": "cr-0123456789abcdef0"}


def test_what_is_reserved_is_updated_without_a_node_more() -> None:
    reserved = pool(EFA_POOL).named("serving-capacity-block-0").inputs["updateConfig"]
    assert reserved == {"maxUnavailable": 1, "updateStrategy": "MINIMAL"}
    plain = pool(GPU_POOL).named("serving-spot").inputs["updateConfig"]
    assert plain["updateStrategy"] == "DEFAULT"


def test_each_reservation_has_a_group_of_its_own() -> None:
    two = dataclasses.replace(
        EFA_POOL, capacity=("reservation", "on-demand"), reservation_ids=("cr-1", "cr-2")
    )
    kinds = {
        found.name: found.inputs["capacityType"]
        for found in pool(two).of_type("aws:eks/nodeGroup:NodeGroup")
    }
    assert kinds == {
        "serving-reservation-0": "ON_DEMAND",
        "serving-reservation-1": "ON_DEMAND",
        "serving-on-demand": "ON_DEMAND",
    }
    assert "instanceMarketOptions" not in template(two, "serving-reservation-0")


def pool(spec: NodePoolSpec) -> Graph:
    return graph(lambda: made(spec), answers=IMAGES)


def template(spec: NodePoolSpec, group: str = "serving-spot") -> Any:
    return pool(spec).named(f"{group}-template").inputs


def made(spec: NodePoolSpec) -> None:
    managed_pool(spec)
