"""Plans for nodes and endpoints: from a stack file and a config.json to what the JSON says."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from planning.plan import Plan, make_plan
from planning.report.build import plan_document
from planning.stackfile import load_settings
from tests.support.stackfiles_clusters import cluster_sections

TODAY = datetime.date(2026, 11, 25)
H100 = Path(__file__).parents[2] / "benchmarks/h100/models"
UNKNOWN = f"hf:somebody/something@{'0' * 40}"
H100_NODE = [{"gpu": "H100", "gpusPerNode": 1}]


def test_kv_cache_of_the_measured_case_in_16_bits_is_within_4_percent() -> None:
    fit = _document("llama-3.1-8b", pools=H100_NODE, engine={"kind": "vllm"})["fit"]
    assert fit["kvBytesPerToken"] == 131_072
    assert fit["kvCacheTokens"] == pytest.approx(457_504, rel=0.04)


def test_kv_cache_of_the_measured_case_in_8_bits_is_within_4_percent() -> None:
    engine = {"kind": "vllm", "quantization": "fp8", "kvCacheDtype": "fp8"}
    fit = _document("llama-3.1-8b", pools=H100_NODE, engine=engine)["fit"]
    assert fit["kvBytesPerToken"] == 65_536
    assert fit["kvCacheTokens"] == pytest.approx(1_020_624, rel=0.04)


def test_a_mixture_of_experts_outside_the_catalog_is_planned_by_its_config_alone() -> None:
    document = _document("qwen3-30b-a3b", pools=H100_NODE, engine={"kind": "vllm"})
    assert document["model"]["activeParameters"] < document["model"]["parameters"] / 5
    assert document["fit"]["kvCacheTokens"] == pytest.approx(135_488, rel=0.04)
    assert document["choice"]["gpu"] == "H100"


def test_a_figure_without_estimate_is_null_with_its_reason() -> None:
    traffic = {"requestsPerSecond": 1, "promptTokens": 512, "outputTokens": 256}
    pools = [{"gpu": "L4", "gpusPerNode": 4}]
    seen = _document("llama-3.1-8b", pools=pools, engine={"kind": "vllm"}, traffic=traffic)
    for figure in ("ttftMs", "itlMs", "outputTokensPerSecond"):
        assert seen["performance"][figure] is None
        assert "was not measured" in seen["performance"]["reasons"][figure]


def test_traffic_decides_the_replicas_where_speed_is_known() -> None:
    def replicas(rate: float) -> int:
        traffic = {"requestsPerSecond": rate, "promptTokens": 512, "outputTokens": 256}
        document = _document(
            "llama-3.1-8b", pools=H100_NODE, engine={"kind": "vllm"}, traffic=traffic
        )
        return document["choice"]["replicas"]

    assert replicas(1) == 1
    assert replicas(200) > 4


def test_what_does_not_fit_names_a_priced_way_out_that_fits() -> None:
    document = _document(
        "llama-3.1-8b", target="eks", pools=[{"instanceType": "g4dn.xlarge"}], context=131_072
    )
    assert not document["ok"]
    fixes = [fix for problem in document["problems"] for fix in problem["fixes"]]
    assert any("a month" in fix for fix in fixes)


def test_a_model_that_nothing_tells_of_is_an_error_that_asks_for_its_config() -> None:
    plan = make_plan(_settings({"target": "eks"}), stack="x", today=TODAY)
    assert [problem.code for problem in plan.errors] == ["architecture-unknown"]
    assert plan_document(plan).fit is None


def test_an_engine_in_maintenance_is_warned_about() -> None:
    section = {"image": {"variant": "tgi", "url": "a/tgi:3"}, "hardware": "aws/nvidia-l4/x1"}
    keys = {"target": "hf-endpoint", "huggingFace": section}
    config = H100 / "qwen3-1.7b" / "config.json"
    plan = make_plan(_settings(keys), stack="x", model_config=config, today=TODAY)
    assert "engine-in-maintenance" in [problem.code for problem in plan.problems]


@pytest.mark.parametrize("target", ["local", "kubernetes", "eks", "hf-endpoint"])
def test_every_target_has_the_documented_keys(target: str) -> None:
    source = "hf:Qwen/Qwen3-0.6B@" + "0" * 40
    sections = {"target": target, "model": {"source": source}}
    document = _as_json(make_plan(load_settings(sections, origin="x"), stack="x", today=TODAY))
    fit, choice = document["fit"], document["choice"]
    assert fit["weightsBytes"] > 0 and fit["kvBytesPerToken"] > 0 and fit["kvCacheTokens"] > 0
    assert {"tensorParallel", "gpusPerReplica", "maxConcurrentRequests"} <= fit.keys()
    assert {"instanceType", "replicas"} <= choice.keys()
    assert {"ttftMs", "itlMs", "outputTokensPerSecond", "reasons"} <= document["performance"].keys()
    if target != "local":
        assert document["coldStart"]["seconds"] > 0
    for problem in document["problems"]:
        assert {"path", "code", "got", "allowed", "fixes"} <= problem.keys()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(sections=cluster_sections())
def test_any_valid_stack_file_gives_a_plan_that_can_be_shown(sections: dict[str, Any]) -> None:
    if "pools" not in sections or len(sections["pools"][0]) < 2:
        sections |= (
            {"huggingFace": {"hardware": "aws/nvidia-l4/x1"}}
            if (sections["target"] == "hf-endpoint")
            else {"pools": [{"gpu": "H100"}]}
        )
    plan = make_plan(load_settings(sections, origin="x"), stack="x", today=TODAY)
    document = _as_json(plan)
    assert document["ok"] == (not plan.errors)
    if plan.placed and plan.placed.choice.best:
        assert plan.placed.choice.best.fits


def _document(shape: str, context: int = 8192, **sections: Any) -> dict[str, Any]:
    keys = {"target": "kubernetes", **sections}
    settings = _settings(keys, context)
    config = H100 / shape / "config.json"
    return _as_json(make_plan(settings, stack="x", model_config=config, today=TODAY))


def _settings(keys: dict[str, Any], context: int = 8192) -> Any:
    model = {"source": UNKNOWN, "maxContext": context}
    return load_settings({"model": model, **keys}, origin="x")


def _as_json(plan: Plan) -> dict[str, Any]:
    return json.loads(plan_document(plan).text())
