"""What is rendered for vLLM is held against vLLM itself, at the very version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest

from components.engines.vllm import environment
from components.specs.engine import EngineSpec
from planning.catalog import load_catalog
from planning.choice.storages import MADE_ON_LOAD
from planning.cluster.container import container_of
from tests.support.rendered_engines import CASES
from tests.support.vllm_source import Line, Parsed, metric_names, number_lists, parse, quantizations

VERSIONS = ("0.33.0", "0.25.1")
INSIDE_TRITON = "0.24.0"
RENAMED = {"--max-model-len": "--max-model-length"}
METHODS = {"nvfp4": "modelopt_fp4"}
"""Our name of a storage -> vLLM's method that loads it."""
CONTRACTS = load_catalog().engine_contracts


@pytest.mark.parametrize("name", [name for name, spec in CASES.items() if spec.kind == "vllm"])
def test_vllm_takes_every_rendered_argument_and_means_the_same(name: str) -> None:
    spec = CASES[name]
    line = _line(name)
    assert line.refused is None, f"vLLM {_version(spec)} refuses {name}: {line.refused}"
    said = {
        "max_model_len": spec.context,
        "max_num_seqs": spec.sequences,
        "max_num_batched_tokens": spec.batched_tokens,
        "quantization": spec.quantization,
        "shutdown_timeout": round(spec.drain_seconds),
        "served_model_name": [spec.served_name],
        "revision": spec.revision,
        "kv_cache_memory_bytes": spec.kv_cache_bytes,
    }
    for option, value in said.items():
        assert line.values.get(option) == value, option


@pytest.mark.parametrize("version", VERSIONS)
def test_workers_of_a_replica_over_several_nodes_are_told_to_take_no_requests(
    version: str,
) -> None:
    line = _parsed(version)["workers"]
    assert line.refused is None, line.refused
    assert line.values["headless"] is True
    assert line.values["nnodes"] == 2


@pytest.mark.parametrize("version", VERSIONS)
def test_vllm_reads_every_variable_that_is_set_for_it(version: str) -> None:
    ours = {name for name in environment(CASES["vllm"]) if name.startswith("VLLM_")}
    assert ours
    assert ours <= _answers(version).variables


@pytest.mark.parametrize("version", VERSIONS)
def test_vllm_reports_every_metric_of_its_row_with_these_buckets(version: str) -> None:
    metrics = CONTRACTS[f"vllm-{version}"].value.metrics
    assert set(metrics.names.values()) <= metric_names(version)
    for meaning, bounds in metrics.buckets.items():
        assert bounds in number_lists(version), meaning


def test_the_bound_of_the_queue_came_after_0_25_and_is_asked_for_since() -> None:
    asked = "--max-num-queued-reqs"
    assert asked in container_of(CASES["vllm"]).args
    assert asked not in container_of(CASES["vllm-older"]).args
    assert _line("vllm").values["max_num_queued_reqs"] == 256 + 32


def test_a_flag_that_this_release_does_not_have_fails() -> None:
    """The older release, told what the newer one is."""
    refused = _parsed("0.25.1")["flags of the newer release"].refused
    assert refused is not None
    assert "--max-num-queued-reqs" in refused


def test_a_flag_that_is_renamed_fails() -> None:
    refused = _parsed("0.33.0")["a renamed flag"].refused
    assert refused is not None
    assert "--max-model-length" in refused


def test_a_metric_under_its_old_name_is_not_found() -> None:
    assert "vllm:gpu_cache_usage_perc" not in metric_names("0.33.0")
    assert "vllm:admission_rejections_total" not in metric_names("0.25.1")


def test_the_vllm_inside_triton_knows_every_key_of_its_file() -> None:
    known = parse(INSIDE_TRITON).fields
    for name in ("triton-vllm", "triton-vllm-tuned"):
        files = container_of(CASES[name]).files
        [file] = [one for one in files if one.path.endswith("/model.json")]
        keys = set(json.loads(file.text))
        assert {"model", "max_model_len", "max_num_seqs"} <= keys
        assert keys <= known, name


def test_vllm_makes_what_the_planner_promises_of_a_plain_checkpoint() -> None:
    assert set(MADE_ON_LOAD) <= quantizations("0.33.0")


def test_vllm_loads_every_storage_that_the_catalog_names() -> None:
    plain = {"bf16", "fp16"}
    rows = load_catalog().quantization_support.values()
    stored = {row.value.storage for row in rows if row.value.engine == "vllm"} - plain
    assert {METHODS.get(name, name) for name in stored} <= quantizations("0.33.0")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_row_of_vllm_says_that_its_parser_proves_it(version: str) -> None:
    assert CONTRACTS[f"vllm-{version}"].value.proof == "parser"


def _line(name: str) -> Line:
    return _parsed(_version(CASES[name]))[name]


def _parsed(version: str) -> Mapping[str, Line]:
    return dict(zip(_asked(version), _answers(version).lines, strict=True))


@cache
def _answers(version: str) -> Parsed:
    return parse(version, list(_asked(version).values()))


@cache
def _asked(version: str) -> Mapping[str, list[str]]:
    """Every rendered line of that version, and some that are wrong on purpose."""
    ours = {name: spec for name, spec in CASES.items() if spec.kind == "vllm"}
    mine = {name: spec for name, spec in ours.items() if _version(spec) == version}
    contract = next(iter(mine.values())).contract
    workers = container_of(replace(CASES["vllm-two-nodes"], contract=contract)).worker_args
    flags = {setting: RENAMED.get(flag, flag) for setting, flag in contract.flags.items()}
    renamed = replace(CASES["vllm"], contract=replace(contract, flags=flags))
    lines = {
        **{name: container_of(spec).args for name, spec in mine.items()},
        "workers": workers,
        "flags of the newer release": container_of(CASES["vllm"]).args,
        "a renamed flag": container_of(renamed).args,
    }
    # What the kubelet makes of the one number that it fills in.
    return {
        name: [word.replace("$(LWS_WORKER_INDEX)", "1") for word in line]
        for name, line in lines.items()
    }


def _version(spec: EngineSpec) -> str:
    return spec.contract.version.removeprefix("vllm-")
