"""The roofline itself: what a step reads, and what a user sees of its seconds."""

from __future__ import annotations

import pytest

from planning.architecture.storage import STORAGES
from planning.architecture.weights import weight_bytes
from planning.catalog import load_catalog
from planning.throughput.schedule import batch, steady
from planning.throughput.step import Engine
from planning.throughput.work import Work, work_of

CATALOG = load_catalog()


def work(model: str) -> Work:
    return work_of(CATALOG.models[model].value.architecture, STORAGES["bf16"], 16)


def engine(model: str = "Llama-3.1-8B") -> Engine:
    constants = CATALOG.calibrations["vllm/H100"].value.dense.constants
    return Engine(work=work(model), gpu=CATALOG.gpus["H100"].value, constants=constants)


def test_a_dense_step_reads_all_weights_but_the_lookup_of_the_embedding() -> None:
    model = CATALOG.models["Llama-3.1-8B"].value.architecture
    lookup = model.vocabulary * model.hidden * 2
    read = weight_bytes(model, STORAGES["bf16"]) - lookup
    assert work("Llama-3.1-8B").weights_read(1) == work("Llama-3.1-8B").weights_read(64) == read


def test_a_tied_embedding_is_read_as_the_output_matrix() -> None:
    model = CATALOG.models["Llama-3.2-3B"].value.architecture
    assert work("Llama-3.2-3B").weights_read(1) == weight_bytes(model, STORAGES["bf16"])


def test_more_tokens_reach_more_experts() -> None:
    mixture = work("Qwen3-30B-A3B")
    alone = mixture.weights_read(1) - mixture.shared_bytes
    assert alone == pytest.approx(mixture.expert_bytes * 8 / 128)
    two = mixture.weights_read(2) - mixture.shared_bytes
    assert two == pytest.approx(mixture.expert_bytes * (1 - (120 / 128) ** 2))
    assert mixture.weights_read(4096) == pytest.approx(mixture.shared_bytes + mixture.expert_bytes)


def test_a_longer_context_costs_what_another_visit_measured() -> None:
    """Reference sheet on planning and cost, 3.1: 6.44 ms + 4.37e-5 ms for each cached token."""
    short, long = engine().step(1, 1_000), engine().step(1, 101_000)
    assert 1000 * (long - short) / 100_000 == pytest.approx(4.37e-5, rel=0.12)
    assert 1000 * short == pytest.approx(6.44, rel=0.1)


def test_one_user_alone_sees_the_same_in_a_batch_and_in_a_loop() -> None:
    asked = {"users": 1, "prompt": 512, "output": 256, "batched": 8192}
    looped, once = steady(engine(), **asked), batch(engine(), **asked)
    assert looped.ttft == pytest.approx(once.ttft)
    assert looped.itl == pytest.approx(once.itl, rel=0.001)
    assert looped.throughput == pytest.approx(once.throughput, rel=0.001)


def test_an_answers_end_starts_a_request_that_waits_for_two_steps() -> None:
    asked = engine()
    request = asked.constants.request_seconds
    seen = steady(asked, users=8, prompt=512, output=256, batched=8192)
    assert seen.itl > request
    assert seen.ttft == pytest.approx(2 * seen.itl + asked.step(7, 640, 1, 512))
    fast = engine("Llama-3.2-1B")
    seen = steady(fast, users=8, prompt=512, output=256, batched=8192)
    assert seen.itl < request
    assert seen.ttft == pytest.approx(seen.itl + request + fast.step(7, 640, 1, 512))


def test_a_step_beyond_cuda_graphs_is_never_faster_than_its_launches() -> None:
    small = engine("Llama-3.2-1B")
    layers, constants = small.work.layers, small.constants
    assert small.step(0, 0, 1, 512) >= layers * constants.prompt_layer_seconds
    assert small.step(1, 0, 1, 512) == pytest.approx(layers * constants.eager_layer_seconds)
    assert work("gpt-oss-20b").graph_tokens == 1024


def test_users_times_their_tokens_are_the_throughput() -> None:
    seen = steady(engine(), users=64, prompt=512, output=256, batched=8192)
    assert seen.throughput * (seen.ttft + 255 * seen.itl) == pytest.approx(64 * 256)
