"""Tunings claim what their files say, and set what was measured; what is written goes first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from components.engines.vllm import engine_settings
from planning.catalog import load_catalog
from planning.catalog.rows.tuning import EngineTuningRow
from planning.plan import Plan, make_plan
from planning.settings.engine import Engine
from planning.stackfile import load_settings
from planning.tuning import tuned

ROOT = Path(__file__).parents[2]
CATALOG = load_catalog()
MEASURED = [row for row in CATALOG.engine_tunings.values() if row.value.goodput]
LLAMA = "hf:meta-llama/Llama-3.1-8B-Instruct@0e9e39f249a16976918f6564b8830bc894c89659"
QWEN = "hf:Qwen/Qwen3-32B@9216db5781bf21249d130ec9da846c4624c16137"


@pytest.mark.parametrize("row", MEASURED, ids=lambda row: row.id)
def test_a_claimed_goodput_is_in_its_file(row: EngineTuningRow) -> None:
    data = _data(row)
    facts, load = row.value, data["load"]
    assert facts.goodput is not None
    (of_tuned,) = [_held(record) for record in _records(row, data)]
    of_defaults = [_held(r) for r in data["records"] if r["variant"] == "default" and "levels" in r]
    assert facts.goodput.tuned == pytest.approx(of_tuned, abs=0.05)
    # Measured twice: the better of the two is what a tuning is held against.
    assert facts.goodput.defaults == pytest.approx(max(of_defaults), abs=0.05)
    assert facts.goodput.ttft_seconds == load["ttftSeconds"]
    assert facts.goodput.itl_ms == load["meanGapSeconds"] * 1000
    assert (facts.goodput.prompt_tokens, facts.goodput.output_tokens) == (
        load["input"],
        load["output"],
    )
    assert (facts.model, facts.version) == (data["model"], data["versions"]["vllm"])
    assert str(facts.gpu) in data["device"]


@pytest.mark.parametrize("row", MEASURED, ids=lambda row: row.id)
def test_what_a_tuning_sets_is_what_was_measured(row: EngineTuningRow) -> None:
    ((record,), facts) = _records(row, _data(row)), row.value
    given = record["engineArgs"]
    assert given.get("quantization") == facts.quantization
    assert given.get("kv_cache_dtype") == facts.kv_cache_dtype
    assert given["max_num_batched_tokens"] == facts.batched_tokens
    assert given["max_num_seqs"] == facts.sequences
    graphs = given["compilation_config"]
    assert tuple(graphs["cudagraph_capture_sizes"]) == facts.graph_sizes
    assert graphs.get("cudagraph_mode") == facts.graph_mode


def test_a_row_without_measurement_says_so() -> None:
    for row in CATALOG.engine_tunings.values():
        assert (row.value.goodput is None) == row.source.startswith("not measured")


def test_a_tuning_reaches_the_command_line() -> None:
    spec = _plan(LLAMA, tuning="vllm/8b-fp8").kubernetes
    assert spec is not None
    told = engine_settings(spec.workload.engine)
    assert told["quantization"] == told["kv_cache_dtype"] == "fp8"
    assert (told["batched_tokens"], told["sequences"]) == (2048, 512)
    assert told["graphs"] == CATALOG.engine_tunings["vllm/8b-fp8"].value.graph_sizes


def test_a_tuning_of_whole_graphs_reaches_the_command_line() -> None:
    spec = _plan(LLAMA, tuning="vllm/8b").kubernetes
    assert spec is not None
    assert engine_settings(spec.workload.engine)["graph_mode"] == "FULL"


def test_what_the_stack_file_says_goes_first() -> None:
    engine = Engine.model_validate({"tuning": "vllm/8b-fp8", "maxConcurrent": 64, "kind": "vllm"})
    assert tuned(engine, CATALOG).max_concurrent == 64
    assert tuned(engine, CATALOG).quantization == "fp8"
    kept = Engine.model_validate({"tuning": "vllm/8b-fp8", "kvCacheDtype": "auto"})
    assert tuned(kept, CATALOG).kv_cache_dtype == "auto"


def test_fewer_graphs_for_a_short_start_go_before_those_of_a_tuning() -> None:
    spec = _plan(LLAMA, tuning="vllm/8b-fp8", start={"graphs": "trimmed"}).kubernetes
    assert spec is not None
    assert max(spec.workload.engine.graph_sizes) < 512
    whole = _plan(LLAMA, tuning="vllm/8b", start={"graphs": "trimmed"}).kubernetes
    assert whole is not None and whole.workload.engine.graph_mode is None


def test_where_a_tuning_was_measured_it_is_advised_with_its_figures() -> None:
    fp8, as_stored = _said(_plan(LLAMA), "faster-tuned")
    assert fp8.severity == as_stored.severity == "advice"
    assert "51.6 against 33.8" in fp8.allowed
    assert "1.53 times" in fp8.fixes[0]
    assert "38 against 34" in as_stored.allowed
    assert not _said(_plan(LLAMA, gpu="L40S"), "faster-tuned")
    assert not _said(_plan(QWEN), "faster-tuned")


def test_a_tuning_used_elsewhere_than_measured_is_warned_of() -> None:
    for plan in (_plan(QWEN, tuning="vllm/8b-fp8"), _plan(LLAMA, tuning="vllm/8b", gpu="L40S")):
        (found,) = _said(plan, "tuning-not-measured")
        assert found.severity == "warning"
    (other_release,) = _said(_plan(LLAMA, tuning="vllm/8b-fp8"), "tuning-not-measured")
    assert (other_release.severity, "vllm-0.33.0" in other_release.got) == ("advice", True)


def _plan(source: str, *, gpu: str = "H200", tuning: str | None = None, **more: Any) -> Plan:
    raw: dict[str, Any] = {
        "target": "kubernetes",
        "model": {"source": source, "maxContext": 8192},
        "engine": {"tuning": tuning} if tuning else {"kind": "vllm"},
        "pools": [{"gpu": gpu, "gpusPerNode": 8}],
        **more,
    }
    return make_plan(load_settings(raw, origin="test"), stack="test")


def _said(plan: Plan, code: str) -> list[Any]:
    return [problem for problem in plan.problems if problem.code == code]


def _data(row: EngineTuningRow) -> dict[str, Any]:
    return json.loads((ROOT / row.source).read_text())


def _records(row: EngineTuningRow, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Of the settings that the tuning has."""
    wanted = [row.value.quantization, row.value.batched_tokens]
    names = ("quantization", "max_num_batched_tokens")
    return [
        record
        for record in data["records"]
        if [record.get("engineArgs", {}).get(name) for name in names] == wanted
    ]


def _held(record: dict[str, Any]) -> float:
    """The highest rate of which 95 of 100 requests were in time; 0: none was."""
    rates = (level["rate"] for level in record["levels"] if level["goodShare"] >= 0.95)
    return max(rates, default=0)
