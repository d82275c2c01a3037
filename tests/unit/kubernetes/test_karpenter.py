"""Pools of Karpenter and Auto Mode, against Karpenter's own schemas."""

from __future__ import annotations

import dataclasses
from typing import Any

import jsonschema
import pytest

from components.kubernetes.karpenter import manifests
from tests.support.aws_specs import GPU_POOL
from tests.support.karpenter_cases import POOLS, SITE, objects
from tests.support.karpenter_crds import karpenter_crds
from tests.support.kubernetes_specs import gpu_spec


@pytest.mark.parametrize("name", POOLS)
def test_karpenters_schema_takes_every_object_and_knows_every_key(name: str) -> None:
    schemas = {crd["spec"]["names"]["kind"]: _strict(_schema(crd)) for crd in karpenter_crds()}
    checked = 0
    for made in objects(name):
        if made["kind"] in schemas:
            jsonschema.validate(made["spec"], schemas[made["kind"]])
            checked += 1
    assert checked


def test_the_schema_would_refuse_a_key_that_karpenter_does_not_know() -> None:
    (nodes, _) = karpenter_crds()
    pool = next(made for made in objects("cpu") if made["kind"] == "NodePool")
    pool["spec"]["disruption"]["consolidateafter"] = "1s"
    with pytest.raises(jsonschema.ValidationError, match="consolidateafter"):
        jsonschema.validate(pool["spec"], _strict(_schema(nodes)))


def test_a_node_with_replicas_is_not_moved_and_others_go_one_at_a_time() -> None:
    disruption = _pool("spot-first")["spec"]["disruption"]
    assert disruption["consolidationPolicy"] == "WhenEmpty"
    assert disruption["budgets"] == [{"nodes": "1"}]


def test_a_pool_never_has_more_nodes_than_its_maximum() -> None:
    assert _pool("spot-first")["spec"]["limits"] == {"nodes": 4, "nvidia.com/gpu": 4}
    assert _pool("efa")["spec"]["limits"]["nvidia.com/gpu"] == 4 * 8


def test_no_pod_reaches_the_nodes_identity_and_every_disk_is_encrypted_by_the_stacks_key() -> None:
    for name in ("spot-first", "bottlerocket", "efa", "cpu"):
        spec = objects(name)[0]["spec"]
        assert spec["metadataOptions"]["httpTokens"] == "required"
        assert spec["metadataOptions"]["httpPutResponseHopLimit"] == 1
        for disk in spec["blockDeviceMappings"]:
            assert disk["ebs"]["encrypted"] is True
            assert disk["ebs"]["kmsKeyID"] == SITE.key_arn


def test_every_network_card_has_its_efa_interface_beside_the_nodes_own() -> None:
    interfaces = objects("efa")[0]["spec"]["networkInterfaces"]
    assert interfaces[0] == {"networkCardIndex": 0, "deviceIndex": 0, "interfaceType": "interface"}
    cards = [one["networkCardIndex"] for one in interfaces if one["interfaceType"] == "efa-only"]
    assert cards == list(range(32))


def test_an_order_of_capacities_that_karpenter_does_not_try_is_refused() -> None:
    pool = dataclasses.replace(GPU_POOL, mode="karpenter", capacity=("on-demand", "spot"))
    with pytest.raises(ValueError, match="reserved, then spot, then on-demand"):
        manifests(gpu_spec(), [pool], SITE)


def test_a_managed_pool_has_no_object() -> None:
    assert manifests(gpu_spec(), [GPU_POOL], SITE) == ()


def _pool(name: str) -> dict[str, Any]:
    return objects(name)[1]


def _schema(crd: dict[str, Any]) -> dict[str, Any]:
    (version,) = [each for each in crd["spec"]["versions"] if each["name"] == "v1"]
    return version["schema"]["openAPIV3Schema"]["properties"]["spec"]


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """The API server drops unknown keys in silence."""
    made = {
        key: _strict(value) if isinstance(value, dict) else value for key, value in schema.items()
    }
    if "properties" in schema and "additionalProperties" not in schema:
        made["additionalProperties"] = False
    if "properties" in schema:
        made["properties"] = {key: _strict(value) for key, value in schema["properties"].items()}
    return made
