"""Where a model may run, by which image, and what a node needs beside its GPUs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planning.architecture.weights import weight_bytes
from planning.choice.host import memory_left, shared_memory
from planning.choice.site import sites
from planning.choice.storages import storage_problems, storages
from tests.support.choice import CATALOG, best, chosen, codes, model, wish

GIB = 1 << 30


def test_a_single_gpu_needs_no_shared_memory_and_eight_need_room_for_every_queue() -> None:
    assert [shared_memory(workers) // GIB for workers in (1, 2, 4, 8)] == [0, 2, 3, 4]
    found = chosen("Llama-3.3-70B-Instruct", instance="g6e.12xlarge")
    by_size = {one.gpus_per_replica: one.shared_memory_bytes for one in found.candidates}
    assert by_size[4] == 3 * GIB and by_size.get(1, 0) == 0


def test_a_node_keeps_part_of_its_memory_for_itself() -> None:
    for site in sites(wish(), CATALOG, on_cpu=False):
        left = memory_left(site)
        assert left is not None and site.memory_bytes is not None
        assert 0.6 * site.memory_bytes < left < 0.93 * site.memory_bytes


def test_replicas_share_a_node_whose_gpus_and_memory_hold_them() -> None:
    one = best("Llama-3.1-8B", instance="p5.48xlarge", tensor_parallel=2, replicas=(3, 9))
    assert one.replicas_per_node == 4
    hour = Decimal("55.04")
    assert one.usd_per_hour == hour
    assert one.monthly_usd == (hour * 730, hour * 3 * 730)


def test_an_image_of_unknown_size_is_not_one_of_no_size() -> None:
    one = best("Qwen3-8B", instance="g6.xlarge")
    assert one.host is not None
    assert one.host.image_bytes is None or one.host.image_bytes > GIB
    assert one.host.checkpoint_bytes == weight_bytes(model("Qwen3-8B"))


def test_own_nodes_are_chosen_without_a_price() -> None:
    one = best("Llama-3.1-8B", target="kubernetes", gpu="L40S", gpus_per_node=4, engine="vllm")
    assert (one.usd_per_hour, one.monthly_usd) == (None, None)
    assert one.unpriced is not None and "own nodes" in one.unpriced
    assert one.deployment.instance is None and one.deployment.gpu == "L40S"


def test_a_region_without_prices_recommends_nothing_but_takes_what_is_named() -> None:
    nothing = chosen("Qwen3-8B", region="eu-central-1", gpu="L4")
    assert nothing.best is None
    assert [problem.code for problem in nothing.problems] == ["nothing-priced"]
    named = best("Qwen3-8B", region="eu-central-1", instance="g6.xlarge")
    assert named.monthly_usd is None and "unpriced" in codes(named)


def test_spot_has_no_price_of_its_own_and_goes_by_the_list() -> None:
    found = chosen("Qwen3-8B", capacity="spot", gpu="L4")
    assert found.best is not None and found.best.instance == "g6.xlarge"
    assert found.best.usd_per_hour is None
    assert found.best.unpriced is not None and "$0.8048/h" in found.best.unpriced


def test_this_machine_costs_nothing_and_runs_onnx_alone() -> None:
    found = chosen("SmolLM2-135M-Instruct", target="local", concurrency=8)
    assert {one.engine for one in found.candidates} == {"onnx"}
    assert found.best is not None and found.best.monthly_usd == (0, 0)
    assert found.best.memory is not None and found.best.host is None


def test_onnx_on_a_node_is_planned_by_memory_and_without_speed() -> None:
    one = best("Llama-3.2-3B", engine="onnx", quantization="int8", concurrency=2)
    assert one.instance == "r5.large" or one.monthly_usd is not None
    assert one.memory is not None and one.host is not None
    assert one.host.memory_there is not None
    assert one.memory.replica * one.replicas_per_node == one.host.memory_needed
    assert one.host.memory_needed <= one.host.memory_there
    assert one.performance.output_tokens_per_second is None


def test_the_newest_image_that_works_is_taken() -> None:
    assert best("Qwen3-8B", instance="g6.xlarge").engine_version == "vllm-0.33.0"
    old = best("Qwen3-8B", instance="g6.xlarge", engine="tensorrt-llm")
    assert old.engine_version == "tensorrt-llm-1.2.1"
    assert "memory-of-another-engine" in codes(old)
    triton = chosen("Qwen3-8B", instance="g6.xlarge", engine="triton")
    assert {one.engine_version for one in triton.candidates} == {
        "triton-26.07-vllm",
        "triton-26.07-trtllm",
    }
    assert triton.best is not None and triton.best.engine_version == "triton-26.07-trtllm"


@pytest.mark.parametrize(
    ("name", "version", "code", "severity"),
    [
        ("OLMo-2-1124-7B", "vllm-0.33.0", None, None),
        ("Qwen3-8B", "tensorrt-llm-1.2.1", None, None),
        ("starcoder2-7b", "tensorrt-llm-1.2.1", "model-unsupported", "warning"),
        ("Qwen3-8B", "triton-26.07-vllm", "model-support-unknown", "advice"),
    ],
)
def test_an_image_is_asked_whether_it_loads_the_architecture(
    name: str, version: str, code: str | None, severity: str | None
) -> None:
    found = chosen(name, instance="g6e.xlarge", engine_version=version)
    problems = [p for p in found.candidates[0].problems if p.code.startswith("model-")]
    assert [(p.code, p.severity) for p in problems] == ([(code, severity)] if code else [])


def test_every_model_of_the_catalog_is_loaded_by_a_release_of_vllm() -> None:
    rows = [row.value for row in CATALOG.model_support.values() if row.value.software == "vllm"]
    for name, row in CATALOG.models.items():
        names = set(row.value.architecture.names)
        assert all(names & set(facts.architectures) for facts in rows), name


def test_eight_bits_are_tried_only_where_the_gpu_has_them() -> None:
    plain, packed = model("Qwen3-8B"), model("gpt-oss-20b")
    names = {
        gpu: [name for name, _ in storages(plain, CATALOG.gpus[gpu].value, "vllm", None, CATALOG)]
        for gpu in ("T4", "A10G", "H100")
    }
    assert names == {"T4": ["fp16", "fp8"], "A10G": ["bf16", "fp8"], "H100": ["bf16", "fp8"]}
    h100 = CATALOG.gpus["H100"].value
    assert [name for name, _ in storages(packed, h100, "vllm", None, CATALOG)] == ["mxfp4"]
    assert [name for name, _ in storages(plain, h100, "tensorrt-llm", None, CATALOG)] == ["bf16"]
    assert {one.kv_bits for one in chosen("Qwen3-8B", instance="g5.xlarge").candidates} == {16}
    assert {one.kv_bits for one in chosen("Qwen3-8B", instance="g6.xlarge").candidates} == {8, 16}


def test_what_an_engine_cannot_make_of_a_checkpoint_is_refused() -> None:
    h100 = CATALOG.gpus["H100"].value

    def said(name: str, wish: str, runner: str = "vllm") -> list[str]:
        found = storage_problems(model(name), h100, runner, wish, 16, CATALOG)
        return [problem.code for problem in found]

    assert said("Qwen3-8B", "fp8") == []
    for other in ("gptq", "bitsandbytes"):
        assert said("Qwen3-8B", other) == ["quantization-not-on-load"]
    assert said("Qwen3-8B", "fp8", "tensorrt-llm") == ["quantization-not-on-load"]
    assert said("Qwen3-32B-FP8", "fp8") == []
    assert said("Qwen3-32B-FP8", "bf16") == ["quantization-of-quantized"]


def test_several_nodes_only_where_one_is_too_few() -> None:
    large = best("Llama-3.1-405B", quantization="bf16", gpu="H100", engine="vllm")
    assert (large.nodes_per_replica, large.gpus_per_replica) == (2, 16)
    assert large.instance == "p5.48xlarge" and large.replicas_per_node == 1
    assert large.monthly_usd == (Decimal("55.04") * 2 * 730,) * 2
    small = chosen("Qwen3-8B", gpu="H100")
    assert {one.nodes_per_replica for one in small.candidates} == {1}
    named = chosen("Llama-3.1-405B", quantization="bf16", instance="p5.48xlarge")
    assert named.best is None
    asked = best("Llama-3.1-405B", quantization="bf16", instance="p5.48xlarge", nodes_per_replica=2)
    assert asked.nodes_per_replica == 2
