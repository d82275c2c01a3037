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


def test_the_most_nodes_count_those_of_a_rolling_change_among_them() -> None:
    found = needs("eks-seventy-billion-over-eight")
    pool, _ = found.pools
    assert (pool.instance_type, pool.vcpus, pool.capacity) == ("p5.48xlarge", 192, "capacity-block")
    assert (pool.nodes_max, pool.nodes_surge) == (3, 0)
    assert (pool.region, pool.zones) == ("us-east-1", ("us-east-1a", "us-east-1b"))
    (model,) = found.models
    assert model.repository == "meta-llama/Llama-3.1-70B-Instruct"
    assert model.revision == _NO_REVISION
    assert model.weight_bytes is not None
    assert round(model.weight_bytes / 1e9) == 141
    assert found.endpoints == ()


def test_every_pool_counts_once_for_each_way_in_which_it_may_be_bought() -> None:
    file = GOOD.parents[2] / "stacks/presets/eks-prod.yaml"
    found = needs_of_plan(make_plan(load_stack_file(file), stack="prod")).pools
    assert [(pool.path, pool.instance_type, pool.capacity, pool.nodes_max) for pool in found] == [
        ("slipway:pools[0]", "g6e.12xlarge", "on-demand", 2),
        ("slipway:pools[1]", "g6e.12xlarge", "spot", 3),
        ("slipway:pools[1]", "g6e.12xlarge", "on-demand", 3),
        ("slipway:aws", "m7i.large", "on-demand", 2),
    ]
    assert {pool.cluster for pool in found} == {"slipway-prod"}


def test_the_most_replicas_of_a_range_count() -> None:
    pool, _ = needs("eks-chosen-by-traffic").pools
    assert pool.nodes_max * pool.vcpus >= 4
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
