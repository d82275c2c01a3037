"""What the renderers refuse, and what is the same for every engine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.catalog import load_catalog
from planning.cluster.container import container_of
from tests.support.rendered_engines import CASES, engine

CONTRACTS = load_catalog().engine_contracts


def test_a_setting_that_a_version_cannot_be_told_is_refused_by_name() -> None:
    spec = engine("tensorrt-llm", "tensorrt-llm-1.2.1", quantization="fp8")
    with pytest.raises(ValueError, match=r"tensorrt-llm-1.2.1 has no flag for quantization"):
        container_of(spec)


def test_a_key_that_a_version_s_file_does_not_have_is_refused_by_name() -> None:
    spec = CASES["triton-vllm-tuned"]
    fields = {key: name for key, name in spec.contract.fields.items() if key != "loader"}
    with pytest.raises(ValueError, match=r"triton-26.07-vllm has no key for loader"):
        container_of(replace(spec, contract=replace(spec.contract, fields=fields)))


def test_a_bounded_queue_needs_a_number_of_sequences() -> None:
    with pytest.raises(ValueError, match="sequences"):
        container_of(replace(CASES["vllm"], sequences=None))


def test_triton_serves_a_language_model_by_its_vllm_backend_only() -> None:
    with pytest.raises(ValueError, match="not by 'tensorrtllm'"):
        container_of(replace(CASES["triton-vllm"], backend="tensorrtllm"))


def test_a_served_name_with_a_slash_is_no_folder_of_a_repository() -> None:
    with pytest.raises(ValueError, match="'a/b'"):
        container_of(replace(CASES["triton-vllm"], served_name="a/b"))


def test_a_tokenizer_of_the_hub_is_found_offline_by_its_revision_only() -> None:
    with pytest.raises(ValueError, match="no revision"):
        container_of(replace(CASES["triton-vllm"], revision=None))


@pytest.mark.parametrize("name", sorted(CASES))
def test_no_engine_runs_as_root_or_writes_outside_its_scratch_folders(name: str) -> None:
    container = container_of(CASES[name])
    assert container.user > 0
    written = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "HF_HOME", "TRITON_CACHE_DIR")
    for variable in written:
        path = container.env.get(variable, "/tmp")
        assert path.startswith(container.scratch), f"{variable}={path}"


@pytest.mark.parametrize("name", sorted(CASES))
def test_probes_ask_a_port_that_the_container_has(name: str) -> None:
    container = container_of(CASES[name])
    ports = {port.name for port in container.ports}
    probes = (container.startup, container.readiness, container.liveness)
    assert {probe.port for probe in probes} | {CASES[name].contract.metrics.port} <= ports


def test_an_engine_that_hangs_is_out_of_rotation_within_15_seconds() -> None:
    for spec in CASES.values():
        probe = container_of(spec).readiness
        period, tries = probe.period_seconds, probe.failure_threshold
        assert period * tries + probe.timeout_seconds <= 15


def test_every_contract_says_how_far_it_is_proven() -> None:
    proofs = {name: row.value.proof for name, row in CONTRACTS.items()}
    assert proofs == {
        "onnxruntime-1.32.0": "parser",
        "vllm-0.33.0": "parser",
        "vllm-0.25.1": "parser",
        "triton-26.07": "older release",
        "triton-26.07-vllm": "documentation",
        "tensorrt-llm-1.2.1": "documentation",
    }


def test_every_contract_is_rendered_by_a_golden() -> None:
    assert {spec.contract.version for spec in CASES.values()} == set(CONTRACTS)
