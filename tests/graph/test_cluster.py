"""The control plane, who may use it, and its add-ons, as they are registered."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from components.aws.access import ClusterAccess, ClusterAccessArgs
from components.aws.addons import Addons, AddonsArgs
from components.aws.key import StackKey, StackKeyArgs
from tests.support.aws_cluster import NAME, control_plane
from tests.support.aws_specs import CLUSTER, TAGS
from tests.support.resource_graph import Graph, graph

KIND = "aws:eks/cluster:Cluster"


def test_who_may_do_what_is_said_by_access_entries_alone() -> None:
    assert cluster()["accessConfig"] == {
        "authenticationMode": "API",
        "bootstrapClusterCreatorAdminPermissions": True,
    }


def test_the_api_is_reached_from_the_vpc_and_from_outside_only_by_whom_the_stack_names() -> None:
    closed = cluster()["vpcConfig"]
    assert (closed["endpointPrivateAccess"], closed["endpointPublicAccess"]) == (True, False)
    opened = cluster(public_access_cidrs=("192.0.2.0/24",))["vpcConfig"]
    assert opened["endpointPrivateAccess"] and opened["endpointPublicAccess"]
    assert opened["publicAccessCidrs"] == ["192.0.2.0/24"]


def test_its_logs_are_forgotten_in_time_since_their_group_is_there_before_it() -> None:
    made = graph(control_plane)
    logs = made.named("cluster-logs").inputs
    assert (logs["name"], logs["retentionInDays"]) == (f"/aws/eks/{NAME}/cluster", 30)
    assert made.waits("cluster-cluster", "cluster-logs")


def test_it_can_be_removed_while_its_role_still_may_clean_up() -> None:
    assert graph(control_plane).waits("cluster-cluster", "cluster-role-AmazonEKSClusterPolicy")


def test_a_later_version_changes_the_version_alone() -> None:
    before, after = cluster(), cluster(version="1.36")
    assert {key for key in after if after[key] != before[key]} == {"version"}


def test_the_stacks_key_encrypts_its_secrets_and_logs() -> None:
    made = graph(control_plane)
    config = made.named("cluster-cluster").inputs["encryptionConfig"]
    assert config == {"provider": {"keyArn": "arn:key"}, "resources": ["secrets"]}
    assert made.named("cluster-logs").inputs["kmsKeyId"] == "arn:key"


def test_protection_is_aws_own_and_pulumis() -> None:
    kept = graph(lambda: control_plane(protect=True)).named("cluster-cluster")
    assert kept.protect and kept.inputs["deletionProtection"] is True
    assert not graph(control_plane).named("cluster-cluster").protect


@pytest.mark.parametrize("auto", [True, False])
def test_auto_modes_three_switches_are_set_together(auto: bool) -> None:
    made = cluster(auto_mode=auto)
    assert made["computeConfig"]["enabled"] is auto
    balancing = made["kubernetesNetworkConfig"]["elasticLoadBalancing"]
    assert balancing == made["storageConfig"]["blockStorage"] == {"enabled": auto}
    assert ("nodeRoleArn" in made["computeConfig"]) is auto
    assert made["bootstrapSelfManagedAddons"] is False


def test_auto_mode_lets_the_cluster_start_nodes_disks_and_load_balancers() -> None:
    made = graph(lambda: control_plane(dataclasses.replace(CLUSTER, auto_mode=True)))
    attached = {
        found.inputs["policyArn"].rpartition("/")[2]
        for found in made.of_type("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    }
    assert attached == {
        "AmazonEKSClusterPolicy",
        "AmazonEKSBlockStoragePolicy",
        "AmazonEKSComputePolicy",
        "AmazonEKSLoadBalancingPolicy",
        "AmazonEKSNetworkingPolicy",
    }
    trust = json.loads(made.named("cluster-role-role").inputs["assumeRolePolicy"])
    assert trust["Statement"][0]["Action"] == ["sts:AssumeRole", "sts:TagSession"]


def test_an_admin_has_an_entry_and_the_policy_of_admins() -> None:
    args = ClusterAccessArgs(cluster=NAME, admins=CLUSTER.admins, partition="aws", tags=TAGS)
    made = graph(lambda: access(args))
    policy = made.named("access-ops-admin")
    assert policy.inputs["policyArn"].endswith("cluster-access-policy/AmazonEKSClusterAdminPolicy")
    assert policy.inputs["accessScope"] == {"type": "cluster"}
    assert made.waits("access-ops-admin", "access-ops")


def test_an_add_on_has_the_stacks_version_and_settings() -> None:
    made = graph(lambda: addons(AddonsArgs(cluster=NAME, specs=CLUSTER.addons, tags=TAGS)))
    coredns = made.named("addons-coredns").inputs
    assert coredns["addonVersion"] == "v1.12.4-eksbuild.1"
    assert json.loads(coredns["configurationValues"]) == {"replicaCount": 2}
    assert "configurationValues" not in made.named("addons-vpc-cni").inputs


def test_only_log_groups_of_the_account_may_use_the_key_beside_iam() -> None:
    key = graph(lambda: stack_key(protect=True)).named("key-key")
    owner, logs = json.loads(key.inputs["policy"])["Statement"]
    assert owner["Principal"] == {"AWS": "arn:aws:iam::123456789012:root"}
    assert logs["Principal"] == {"Service": "logs.us-east-1.amazonaws.com"}
    assert logs["Condition"] == {
        "ArnLike": {
            "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:123456789012:log-group:*"
        }
    }
    assert key.inputs["enableKeyRotation"] is True and key.protect


def cluster(**changes: Any) -> Any:
    made: Graph = graph(lambda: plane(changes))
    return made.of_type(KIND)[0].inputs


def plane(changes: dict[str, Any]) -> None:
    control_plane(dataclasses.replace(CLUSTER, **changes))


def access(args: ClusterAccessArgs) -> None:
    ClusterAccess("access", args)


def addons(args: AddonsArgs) -> None:
    Addons("addons", args)


def stack_key(*, protect: bool) -> None:
    StackKey(
        "key",
        StackKeyArgs(
            partition="aws",
            region="us-east-1",
            account_id="123456789012",
            tags=TAGS,
            protect=protect,
        ),
    )
