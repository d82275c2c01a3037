"""Sizes of Inference Endpoints: CPUs and GPUs, chosen and priced."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from planning.catalog import load_catalog
from planning.plan import Plan, make_plan
from planning.report.build import plan_document
from planning.stackfile import load_settings

TODAY = datetime.date(2026, 8, 21)
SMALL = f"hf:HuggingFaceTB/SmolLM2-135M-Instruct@{'0' * 40}"


def test_the_example_of_the_price_page_is_right_to_the_cent() -> None:
    """hf-endpoints-documentation, support/pricing.md (6b7307ab), "Basic Example": an hour of an
    intel-spr x2 is $0.067, and 730 of them are said to be $46.72, which is $0.064 x 730."""
    cost = _cost(_plan(huggingFace={"hardware": "aws/intel-spr/x2"}))
    assert cost["usdPerHour"] == 0.067
    assert f"{cost['estimatedMonthlyUsd']:.2f}" == "48.91"
    assert f"{0.064 * 730:.2f}" == "46.72"


def test_the_price_of_the_wrong_example_is_that_of_hardware_that_has_ended() -> None:
    old = load_catalog().hf_hardware["aws/intel-icl/x2"].value
    assert (str(old.usd_per_hour), old.status) == ("0.064", "deprecated")
    plan = _plan(huggingFace={"hardware": "aws/intel-icl/x2"})
    assert "hardware-deprecated" in {problem.code for problem in plan.errors}


def test_hardware_without_a_gpu_is_served_by_onnx_and_needs_an_image_of_ones_own() -> None:
    plan = _plan(huggingFace={"hardware": "aws/intel-spr/x2"})
    assert plan.errors == ()
    assert plan.placed is not None and plan.placed.chosen is not None
    assert plan.placed.chosen.engine == "onnx"
    spec = plan.endpoint
    assert spec is not None
    assert (spec.accelerator, spec.instance_type, spec.instance_size) == ("cpu", "intel-spr", "x2")
    assert (spec.image, spec.args) == (None, ())


def test_the_cheapest_cpu_that_holds_the_model_is_chosen() -> None:
    plan = _plan(engine={"kind": "onnx"})
    assert plan.placed is not None and plan.placed.chosen is not None
    assert plan.placed.chosen.hf_hardware == "aws/intel-spr/x1"


def test_a_model_that_a_cpu_does_not_hold_is_refused_with_the_size_it_has() -> None:
    plan = _plan(
        model={"source": f"hf:Qwen/Qwen3-4B@{'0' * 40}", "maxContext": 8192},
        huggingFace={"hardware": "aws/intel-spr/x1"},
    )
    first = plan.errors[0]
    assert (first.path, first.code) == ("slipway:huggingFace.hardware", "host-memory-too-small")
    assert first.allowed == "1.86 GiB, what aws/intel-spr/x1 has"


def test_an_engine_of_gpus_is_refused_on_a_cpu_by_name() -> None:
    plan = _plan(engine={"kind": "vllm"}, huggingFace={"hardware": "aws/intel-spr/x2"})
    first = plan.errors[0]
    assert (first.path, first.code) == ("slipway:huggingFace.hardware", "gpu-missing")


@pytest.mark.parametrize("engine", [{}, {"kind": "vllm"}])
def test_without_a_wish_no_cpu_is_chosen(engine: dict[str, str]) -> None:
    """Nothing predicts how slow a model is there."""
    plan = _plan(engine=engine)
    assert plan.placed is not None
    assert all(one.gpu for one in plan.placed.choice.candidates)


def _plan(**sections: Any) -> Plan:
    raw = {"target": "hf-endpoint", "model": {"source": SMALL, "maxContext": 2048}, **sections}
    return make_plan(load_settings(raw, origin="test"), stack="test", today=TODAY)


def _cost(plan: Plan) -> dict[str, Any]:
    cost = plan_document(plan).cost
    assert cost is not None
    return cost.model_dump(mode="json", by_alias=True)
