"""What nodes are told, read as their own programs read it."""

from __future__ import annotations

import dataclasses
import email
import tomllib
from typing import Any

import pytest
import yaml

from components.aws.user_data import ClusterAddress, user_data
from components.specs.aws import NodePoolSpec, TaintSpec
from tests.support.aws_specs import BOTTLEROCKET_POOL, GPU_POOL, SYSTEM_POOL

CLUSTER = ClusterAddress(
    name="c", endpoint="https://e", certificate_authority="Q0E=", service_cidr="10.100.0.0/16"
)
LIMIT = 16 * 1024
"""Bytes of user data that EC2 takes, before base64."""


def test_nodeadm_finds_one_config_with_the_cluster_and_the_local_disks() -> None:
    spec = node_config(GPU_POOL)
    assert spec["cluster"] == {
        "name": "c",
        "apiServerEndpoint": "https://e",
        "certificateAuthority": "Q0E=",
        "cidr": "10.100.0.0/16",
    }
    assert spec["instance"] == {"localStorage": {"strategy": "RAID0"}}
    assert spec["featureGates"] == {"FastImagePull": True}


def test_a_node_has_its_labels_and_taints_before_the_first_pod_can_come() -> None:
    kubelet = node_config(GPU_POOL)["kubelet"]
    assert kubelet["flags"] == ["--node-labels=slipway.dev/pool=serving"]
    taint = {"key": "nvidia.com/gpu", "effect": "NoSchedule"}
    assert kubelet["config"] == {"registerWithTaints": [taint]}


def test_a_node_without_local_disks_is_not_told_to_join_them() -> None:
    assert not {"instance", "featureGates"} & node_config(SYSTEM_POOL).keys()


def test_bottlerocket_reads_its_settings() -> None:
    taints = (*GPU_POOL.taints, TaintSpec(key="a.b/c", value="d", effect="NoExecute"))
    settings = bottlerocket(dataclasses.replace(BOTTLEROCKET_POOL, taints=taints))
    assert settings["kubernetes"] == {
        "cluster-name": "c",
        "api-server": "https://e",
        "cluster-certificate": "Q0E=",
        "cluster-dns-ip": "10.100.0.10",
        "node-labels": {"slipway.dev/pool": "serving"},
        "node-taints": {"nvidia.com/gpu": [":NoSchedule"], "a.b/c": ["d:NoExecute"]},
    }
    assert settings["container-runtime"] == {"snapshotter": "soci"}


def test_with_lazy_pulls_the_images_lie_on_the_local_disks_too() -> None:
    (disks,) = bottlerocket(BOTTLEROCKET_POOL)["bootstrap-commands"].values()
    assert "/var/lib/soci-snapshotter" in disks["commands"][1]
    slow = dataclasses.replace(BOTTLEROCKET_POOL, fast_pull=False)
    (disks,) = bottlerocket(slow)["bootstrap-commands"].values()
    assert "/var/lib/soci-snapshotter" not in disks["commands"][1]


@pytest.mark.parametrize("pool", [GPU_POOL, BOTTLEROCKET_POOL])
def test_karpenter_adds_cluster_labels_taints_and_disks_by_itself(pool: NodePoolSpec) -> None:
    text = user_data(pool, None)
    assert "slipway.dev/pool" not in text
    assert "nvidia.com/gpu" not in text
    assert "RAID0" not in text and "ephemeral-storage" not in text


@pytest.mark.parametrize("pool", [GPU_POOL, BOTTLEROCKET_POOL])
def test_ec2_takes_it_with_a_certificate_of_real_size(pool: NodePoolSpec) -> None:
    address = dataclasses.replace(CLUSTER, certificate_authority="Q0E=" * 400)
    assert len(user_data(pool, address)) < LIMIT


def test_a_pool_of_auto_mode_has_no_user_data() -> None:
    with pytest.raises(ValueError, match="Auto Mode"):
        user_data(dataclasses.replace(GPU_POOL, image=None), CLUSTER)


def node_config(pool: NodePoolSpec) -> dict[str, Any]:
    message = email.message_from_string(user_data(pool, CLUSTER))
    (part,) = message.get_payload()
    assert part.get_content_type() == "application/node.eks.aws"  # type: ignore[union-attr]
    config = yaml.safe_load(part.get_payload())  # type: ignore[union-attr]
    assert (config["apiVersion"], config["kind"]) == ("node.eks.aws/v1alpha1", "NodeConfig")
    return config["spec"]


def bottlerocket(pool: NodePoolSpec) -> dict[str, Any]:
    return tomllib.loads(user_data(pool, CLUSTER))["settings"]
