"""What the AWS of the tests refuses and does by itself, asked without the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.aws_provider import operations
from tests.support.aws_provider.errors import AwsError
from tests.support.aws_provider.store import Store, Thing, look, put, things

VPC = "aws:ec2/vpc:Vpc"
SUBNET = "aws:ec2/subnet:Subnet"
ROLE = "aws:iam/role:Role"
CLUSTER = "aws:eks/cluster:Cluster"
NODES = "aws:eks/nodeGroup:NodeGroup"
REGION = "us-east-1"
Make = Callable[..., Thing]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(tmp_path / "cloud.sqlite")
    found.prepare()
    return found


@pytest.fixture
def make(store: Store) -> Make:
    def made(token: str, **inputs: Any) -> Thing:
        with store.open() as connection:
            return operations.create(connection, token, REGION, inputs, None)

    return made


@pytest.fixture
def cluster(make: Make) -> Thing:
    vpc = make(VPC, cidrBlock="10.0.0.0/16")
    subnets = [make(SUBNET, vpcId=vpc.id, cidrBlock=f"10.0.{n}.0/24").id for n in range(2)]
    role = make(ROLE, name="cluster", assumeRolePolicy="{}")
    return make(
        CLUSTER,
        name="small",
        version="1.33",
        roleArn=role.state["arn"],
        vpcConfig={"subnetIds": subnets},
        accessConfig={"authenticationMode": "API"},
    )


def delete(store: Store, thing: Thing) -> None:
    with store.open() as connection:
        operations.delete(connection, thing)


def test_what_an_object_names_must_exist(make: Make) -> None:
    with pytest.raises(AwsError, match=r"InvalidVpcID\.NotFound.*vpc-0"):
        make(SUBNET, vpcId="vpc-0", cidrBlock="10.0.0.0/24")


def test_a_network_stays_while_a_balancer_of_the_cluster_has_addresses_in_it(
    store: Store, make: Make, cluster: Thing
) -> None:
    subnet = cluster.state["vpcConfig"]["subnetIds"][0]
    lost = Thing("aws:ec2/networkInterface:NetworkInterface", "eni-1", REGION, {"subnetId": subnet})
    with store.open() as connection:
        put(connection, lost)
    delete(store, cluster)
    with store.open() as connection:
        (first, *_) = things(connection, type=SUBNET)
    with pytest.raises(AwsError, match=r"DependencyViolation.*eni-1"):
        delete(store, first)
    with store.open() as connection:
        operations.delete(connection, lost)
        operations.delete(connection, first)


def test_a_nat_gateway_needs_an_internet_gateway_and_holds_it(store: Store, make: Make) -> None:
    vpc = make(VPC, cidrBlock="10.0.0.0/16")
    subnet = make(SUBNET, vpcId=vpc.id, cidrBlock="10.0.0.0/24")
    address = make("aws:ec2/eip:Eip")
    wanted = {"subnetId": subnet.id, "allocationId": address.id}
    with pytest.raises(AwsError, match=r"Gateway\.NotAttached"):
        make("aws:ec2/natGateway:NatGateway", **wanted)
    gateway = make("aws:ec2/internetGateway:InternetGateway", vpcId=vpc.id)
    nat = make("aws:ec2/natGateway:NatGateway", **wanted)
    for held in (gateway, address, subnet):
        with pytest.raises(AwsError, match="dependencies"):
            delete(store, held)
    delete(store, nat)
    delete(store, gateway)


def test_a_role_stays_while_policies_are_attached(store: Store, make: Make) -> None:
    role = make(ROLE, name="a", assumeRolePolicy="{}")
    attachment = make(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        role="a",
        policyArn="arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
    )
    with pytest.raises(AwsError, match="DeleteConflict"):
        delete(store, role)
    delete(store, attachment)
    delete(store, role)


def test_a_name_is_taken_once(make: Make) -> None:
    make(ROLE, name="a", assumeRolePolicy="{}")
    with pytest.raises(AwsError, match="EntityAlreadyExists"):
        make(ROLE, name="a", assumeRolePolicy="{}")


def test_a_cluster_makes_its_group_and_addresses_and_takes_them_along(
    store: Store, cluster: Thing
) -> None:
    with store.open() as connection:
        made = [each.type.rpartition(":")[2] for each in things(connection, owner=cluster.key)]
    assert sorted(made) == ["NetworkInterface", "NetworkInterface", "SecurityGroup"]
    delete(store, cluster)
    with store.open() as connection:
        assert things(connection, owner=cluster.key) == []


def test_logs_of_a_cluster_are_left_behind_where_nobody_owns_their_group(
    store: Store, make: Make, cluster: Thing
) -> None:
    logged = make(CLUSTER, **{**cluster.inputs, "name": "b", "enabledClusterLogTypes": ["api"]})
    delete(store, logged)
    with store.open() as connection:
        (left,) = things(connection, type="aws:cloudwatch/logGroup:LogGroup")
    assert left.id == "/aws/eks/b/cluster"


@pytest.mark.parametrize("version", ["1.35", "1.32"])
def test_a_cluster_goes_up_by_one_version_only(store: Store, cluster: Thing, version: str) -> None:
    with pytest.raises(AwsError, match=f"from 1.33 to {version}"), store.open() as connection:
        operations.update(connection, cluster, {**cluster.inputs, "version": version}, None)
    with store.open() as connection:
        done = operations.update(connection, cluster, {**cluster.inputs, "version": "1.34"}, None)
    assert done.state["version"] == "1.34"
    assert done.state["endpoint"] == cluster.state["endpoint"]


def test_access_entries_need_a_cluster_that_asks_them(make: Make, cluster: Thing) -> None:
    inputs = {key: value for key, value in cluster.inputs.items() if key != "accessConfig"}
    make(CLUSTER, **{**inputs, "name": "old"})
    role = make(ROLE, name="admin", assumeRolePolicy="{}").state["arn"]
    entry = "aws:eks/accessEntry:AccessEntry"
    make(entry, clusterName="small", principalArn=role)
    with pytest.raises(AwsError, match="authentication mode"):
        make(entry, clusterName="old", principalArn=role)


def test_a_deleted_secret_keeps_its_name_for_its_window(store: Store, make: Make) -> None:
    secret = "aws:secretsmanager/secret:Secret"
    delete(store, make(secret, name="now", recoveryWindowInDays=0))
    make(secret, name="now", recoveryWindowInDays=0)
    delete(store, make(secret, name="later"))
    with pytest.raises(AwsError, match="scheduled for deletion"):
        make(secret, name="later")


def test_a_bucket_with_objects_goes_only_by_force(store: Store, make: Make) -> None:
    for name, force in (("kept", False), ("gone", True)):
        bucket = make("aws:s3/bucket:Bucket", bucket=name, forceDestroy=force)
        with store.open() as connection:
            put(connection, Thing("aws:tests:Object", f"{name}/a", REGION, {}, owner=bucket.key))
        if force:
            delete(store, bucket)
        else:
            with pytest.raises(AwsError, match="BucketNotEmpty"):
                delete(store, bucket)


def test_a_young_object_is_missed_by_as_many_looks_as_ordered(store: Store, make: Make) -> None:
    vpc = make(VPC, cidrBlock="10.0.0.0/16")
    where = {"type": VPC, "id": vpc.id}
    with store.open() as connection:
        connection.execute("UPDATE objects SET misses=2")
        assert [look(connection, where) is None for _ in range(3)] == [True, True, False]
