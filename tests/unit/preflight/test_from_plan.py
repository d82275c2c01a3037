"""What plans of each target ask of the account and the hub."""

from __future__ import annotations

from pathlib import Path

from operations.preflight import Needs
from operations.preflight.from_plan import needs_of_plan
from planning.plan import make_plan
from planning.stackfile import load_stack_file

GOOD = Path(__file__).parents[2] / "golden/good"
_NO_REVISION = "0" * 40


def needs(name: str) -> Needs:
    file = GOOD / f"{name}.yaml"
    return needs_of_plan(make_plan(load_stack_file(file), stack=name))


def test_nodes_at_the_largest_scale_and_one_replica_more_while_a_change_rolls() -> None:
    found = needs("eks-seventy-billion-over-eight")
    (pool,) = found.pools
    assert (pool.instance_type, pool.vcpus, pool.capacity) == ("p5.48xlarge", 192, "capacity-block")
    assert (pool.nodes_max, pool.nodes_surge) == (2, 1)
    assert (pool.region, pool.zones) == ("us-east-1", ())
    (model,) = found.models
    assert model.repository == "meta-llama/Llama-3.1-70B-Instruct"
    assert model.revision == _NO_REVISION
    assert model.weight_bytes is not None
    assert round(model.weight_bytes / 1e9) == 141
    assert found.endpoints == ()


def test_the_most_replicas_of_a_range_count() -> None:
    (pool,) = needs("eks-chosen-by-traffic").pools
    assert pool.nodes_max * pool.vcpus >= 4
    assert pool.nodes_surge <= 1
    (endpoint,) = needs("hf-endpoint-chosen").endpoints
    assert (endpoint.replicas_max, endpoint.region) == (2, "us-east-1")
    assert endpoint.hardware.startswith("aws/")


def test_nodes_that_are_there_already_need_no_quota() -> None:
    found = needs("kubernetes-fp8-on-own-gpus")
    assert (found.pools, found.endpoints) == ((), ())
    assert len(found.models) == 1


def test_what_this_machine_or_a_wheel_holds_needs_nothing() -> None:
    assert needs("file-model-beside-the-stack") == Needs()
    assert needs("smallest") == Needs()
