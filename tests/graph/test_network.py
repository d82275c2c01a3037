"""The network of a cluster, as it is registered."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest
from pulumi import RunError

from components.aws.network import Network, NetworkArgs
from components.specs.aws import ExistingNetworkSpec, NetworkSpec
from tests.support.aws_specs import IDENTITY, NETWORK, TAGS
from tests.support.resource_graph import Answer, Graph, graph

ROUTE = "aws:ec2/route:Route"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
EXISTING = ExistingNetworkSpec(
    vpc_id="vpc-1",
    private_subnets={"us-east-1a": "subnet-a", "us-east-1b": "subnet-b"},
    public_subnets={"us-east-1a": "subnet-c"},
)


def test_nodes_have_a_subnet_in_each_zone_that_their_load_balancers_and_karpenter_find() -> None:
    made = network()
    tags = made.named("network-subnets-private-us-east-1b").inputs["tags"]
    assert tags["kubernetes.io/role/internal-elb"] == "1"
    assert tags["karpenter.sh/discovery"] == "slipway-test"
    assert made.named("network-subnets-public-us-east-1a").inputs["mapPublicIpOnLaunch"] is False


def test_with_a_single_nat_gateway_every_zone_goes_out_through_it() -> None:
    made = network()
    ways = {found.name: found.inputs for found in made.of_type(ROUTE) if "nat" in found.name}
    assert {way["natGatewayId"] for way in ways.values()} == {"network-nat-us-east-1a-id"}
    assert len(ways) == 2


def test_with_one_a_zone_no_zone_needs_another() -> None:
    made = network(nat="per-zone")
    ways = {found.name: found.inputs for found in made.of_type(ROUTE) if "nat" in found.name}
    assert {name: way["natGatewayId"] for name, way in ways.items()} == {
        "network-nat-us-east-1a-out": "network-nat-us-east-1a-id",
        "network-nat-us-east-1b-out": "network-nat-us-east-1b-id",
    }


def test_without_nat_nothing_has_an_address_of_the_internet_and_s3_is_a_route_away() -> None:
    zones = tuple(dataclasses.replace(zone, public_cidr=None) for zone in NETWORK.zones)
    made = network(nat="none", zones=zones)
    kinds = {found.type for found in made.resources}
    assert not kinds & {"aws:ec2/eip:Eip", ROUTE, "aws:ec2/internetGateway:InternetGateway"}
    s3 = made.named("network-endpoints-s3").inputs
    assert len(s3["routeTableIds"]) == 2
    assert {found.inputs["serviceName"] for found in made.of_type(ENDPOINT)} == {
        "com.amazonaws.us-east-1.s3",
        "com.amazonaws.us-east-1.ecr.api",
        "com.amazonaws.us-east-1.sts",
    }


def test_only_the_vpc_reaches_the_endpoints_and_only_by_https() -> None:
    made = network()
    (rule,) = made.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert rule.inputs["cidrIpv4"] == "10.0.0.0/16"
    assert (rule.inputs["fromPort"], rule.inputs["toPort"]) == (443, 443)


def test_an_address_is_asked_for_once_there_is_a_way_to_the_internet_and_goes_before_it() -> None:
    assert network().waits("network-nat-us-east-1a-address", "network-subnets-internet")


def test_flow_logs_go_before_their_right_to_write() -> None:
    assert network().waits("network-flow-logs-log", "network-flow-logs-role-write")


def test_the_vpc_is_kept_where_the_stack_is_protected() -> None:
    assert network(protect=True).named("network-vpc").protect
    assert not network().named("network-vpc").protect


def test_a_vpc_that_is_there_is_looked_at_and_nothing_is_made_in_it() -> None:
    made = existing(EXISTING)
    assert [found.type for found in made.resources] == ["slipway:aws:Network"]
    assert made.outputs["network"] == ["vpcId"]


def test_all_that_is_wrong_with_a_vpc_is_said_at_once() -> None:
    wrong = dataclasses.replace(EXISTING, private_subnets={"us-east-1a": "subnet-b"})
    with pytest.raises(RunError) as refused:
        existing(wrong, vpc={"enableDnsHostnames": False}, subnet={"vpcId": "vpc-2"})
    assert str(refused.value).splitlines() == [
        "vpc-1: enableDnsHostnames is off, so nodes do not find the cluster; "
        "turn it on for the VPC",
        "subnet-b: lies in vpc-2, not in vpc-1; name one of this VPC",
        "subnet-b: lies in us-east-1b, not in us-east-1a; name its own zone",
        "subnet-c: lies in vpc-2, not in vpc-1; name one of this VPC",
        "subnet-c: lies in us-east-1c, not in us-east-1a; name its own zone",
    ]


def existing(
    spec: ExistingNetworkSpec,
    vpc: Mapping[str, Any] | None = None,
    subnet: Mapping[str, Any] | None = None,
) -> Graph:
    zones = {"subnet-a": "us-east-1a", "subnet-b": "us-east-1b", "subnet-c": "us-east-1c"}
    zones |= {} if subnet else {"subnet-c": "us-east-1a"}
    answers: dict[str, Answer] = {
        "aws:ec2/getVpc:getVpc": lambda asked: {
            "id": asked["id"],
            "enableDnsSupport": True,
            "enableDnsHostnames": True,
            **(vpc or {}),
        },
        "aws:ec2/getSubnet:getSubnet": lambda asked: {
            "id": asked["id"],
            "vpcId": "vpc-1",
            "availabilityZone": zones[asked["id"]],
            **(subnet or {}),
        },
    }
    return graph(lambda: made_from(dataclasses.replace(NETWORK, existing=spec)), answers=answers)


def network(*, protect: bool = False, **changes: Any) -> Graph:
    return graph(lambda: made_from(dataclasses.replace(NETWORK, **changes), protect=protect))


def made_from(spec: NetworkSpec, *, protect: bool = False) -> None:
    Network(
        "network",
        NetworkArgs(
            spec=spec,
            region="us-east-1",
            cluster="slipway-test",
            key_arn=None,
            identity=IDENTITY,
            tags=TAGS,
            protect=protect,
        ),
    )
