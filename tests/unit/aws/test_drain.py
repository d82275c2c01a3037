"""The wait, at a destroy, for what controllers have made: against moto's EC2 and ELB."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from moto import mock_aws

from providers.local.drain import Drain
from providers.local.drain.leftovers import Clients, connect
from providers.plugin.session import OperationError, Session

ADD_ON = "cluster.k8s.amazonaws.com/name"
REGION, CLUSTER = "us-east-1", "prod"
EVERYTHING = ("load-balancers", "security-groups", "instances", "volumes", "interfaces")


class World:
    def __init__(self, clients: Clients) -> None:
        self.clients = clients
        self.vpc = clients.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.subnet = self.subnet_in("a", "10.0.0.0/20")
        self.second = self.subnet_in("b", "10.0.16.0/20")

    def subnet_in(self, zone: str, cidr: str) -> str:
        made = self.clients.ec2.create_subnet(
            VpcId=self.vpc, CidrBlock=cidr, AvailabilityZone=f"{REGION}{zone}"
        )
        return made["Subnet"]["SubnetId"]

    def interface(self, cluster: str = CLUSTER) -> str:
        made = self.clients.ec2.create_network_interface(
            SubnetId=self.subnet,
            TagSpecifications=tagged(
                "network-interface", "cluster.k8s.amazonaws.com/name", cluster
            ),
        )
        return made["NetworkInterface"]["NetworkInterfaceId"]

    def balancer(self, tag: str = "elbv2.k8s.aws/cluster", cluster: str = CLUSTER) -> str:
        made = self.clients.balancers.create_load_balancer(
            Name=f"one-{cluster}",
            Type="network",
            Subnets=[self.subnet, self.second],
            Tags=[{"Key": tag, "Value": cluster}],
        )
        return made["LoadBalancers"][0]["LoadBalancerArn"]

    def instance(self, *tags: tuple[str, str]) -> str:
        (image,) = self.clients.ec2.describe_images(Owners=["amazon"])["Images"][:1]
        made = self.clients.ec2.run_instances(
            ImageId=image["ImageId"],
            MinCount=1,
            MaxCount=1,
            SubnetId=self.subnet,
            TagSpecifications=[
                {
                    "ResourceType": "instance",
                    "Tags": [{"Key": key, "Value": value} for key, value in tags],
                }
            ],
        )
        return made["Instances"][0]["InstanceId"]

    def volume(self) -> str:
        made = self.clients.ec2.create_volume(
            AvailabilityZone=f"{REGION}a",
            Size=1,
            TagSpecifications=[
                {
                    "ResourceType": "volume",
                    "Tags": [
                        {"Key": f"kubernetes.io/cluster/{CLUSTER}", "Value": "owned"},
                        {"Key": "kubernetes.io/created-for/pvc/name", "Value": "cache"},
                    ],
                }
            ],
        )
        return made["VolumeId"]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        yield World(connect(REGION))


def test_where_nothing_is_left_the_destroy_goes_on_at_once(world: World) -> None:
    world.interface(cluster="other")
    world.balancer(cluster="other")
    world.instance(("Name", "somebody's"))
    assert drain(world) == []


def test_it_names_what_is_left_of_each_kind_and_gives_up_in_time(world: World) -> None:
    balancer = world.balancer().rpartition("loadbalancer/")[2]
    node = world.instance(("eks:eks-cluster-name", CLUSTER), ("karpenter.sh/nodeclaim", "n-1"))
    volume = world.volume()
    with pytest.raises(OperationError) as stuck:
        drain(world, seconds=0)
    assert all(name in str(stuck.value) for name in (balancer, node, volume))
    assert "pulumi destroy` again" in str(stuck.value)


def test_it_goes_on_once_the_controllers_are_done(world: World) -> None:
    balancer = world.balancer("eks:eks-cluster-name")

    def controller() -> None:
        world.clients.balancers.delete_load_balancer(LoadBalancerArn=balancer)

    (told,) = drain(world, meanwhile=controller)
    assert "waiting until nothing is left of prod" in told


def test_an_interface_that_nothing_holds_any_more_is_removed(world: World) -> None:
    mine, others = world.interface(), world.interface(cluster="other")
    drain(world)
    left = {
        found["NetworkInterfaceId"]
        for found in world.clients.ec2.describe_network_interfaces()["NetworkInterfaces"]
    }
    assert mine not in left and others in left


def test_an_interruption_ends_the_wait_and_says_what_is_left(world: World) -> None:
    volume = world.volume()
    session = quick_session([])
    session.cancelled.set()
    with pytest.raises(OperationError, match=volume):
        Drain(lambda _: world.clients).delete("drain", state(world, 600), session)


def test_without_an_answer_of_aws_it_does_not_say_that_nothing_is_left(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore.exceptions import ClientError

    def refuse(_: str) -> None:
        raise ClientError({"Error": {"Code": "UnauthorizedOperation"}}, "DescribeVolumes")

    monkeypatch.setattr(world.clients.ec2, "get_paginator", refuse)
    with pytest.raises(OperationError, match="AWS does not say what is left of prod"):
        drain(world)


def drain(
    world: World, *, seconds: float = 600, meanwhile: Callable[[], None] | None = None
) -> list[str]:
    """What it reports while it waits; `meanwhile` happens during the first wait."""
    told: list[str] = []
    session = quick_session(told, meanwhile)
    Drain(lambda _: world.clients).delete("drain", state(world, seconds), session)
    return told


def state(world: World, seconds: float) -> dict[str, Any]:
    return {
        "region": REGION,
        "cluster": CLUSTER,
        "vpcId": world.vpc,
        "of": list(EVERYTHING),
        "seconds": seconds,
    }


class QuickWait(threading.Event):
    def __init__(self, meanwhile: Callable[[], None] | None) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    def wait(self, timeout: float | None = None) -> bool:
        if self._meanwhile:
            self._meanwhile()
        return self.is_set()


def quick_session(told: list[str], meanwhile: Callable[[], None] | None = None) -> Session:
    return Session(report=told.append, keep=told.append, cancelled=QuickWait(meanwhile))


def tagged(kind: str, key: str, value: str) -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": [{"Key": key, "Value": value}]}]
