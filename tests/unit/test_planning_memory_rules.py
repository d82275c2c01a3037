"""What stands against a model on some GPUs is said with what would be allowed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planning.architecture import Architecture
from planning.architecture.storage import STORAGES
from planning.catalog import load_catalog
from planning.memory import Fit, Place, Serving, default_serving, fit
from planning.memory.pool import pool_of
from planning.memory.weights import weight_bytes_per_gpu

CATALOG = load_catalog()
LLAMA = CATALOG.models["Llama-3.1-8B"].value.architecture
LITE = CATALOG.models["DeepSeek-V2-Lite"].value.architecture
QWEN = CATALOG.models["Qwen3-32B"].value.architecture


def _place(name: str, gpus: int = 1, nodes: int = 1) -> Place:
    return Place(gpu_name=name, gpu=CATALOG.gpus[name].value, gpus=gpus, nodes=nodes)


def _fit(model: Architecture, place: Place, **flags: Any) -> Fit:
    serving = default_serving(place.gpu_name, place.gpu, flags.pop("context", 8192))
    return fit(model, place, replace(serving, **flags), CATALOG)


@pytest.mark.parametrize(
    ("model", "place", "flags", "code", "allowed"),
    [
        (LLAMA, _place("T4"), {}, "weights-too-large", "0.92 of 14.56 GiB"),
        (LLAMA, _place("L4"), {"context": 131_072}, "context-too-long", "at most 3"),
        (LLAMA, _place("L4"), {"concurrency": 99}, "concurrency-too-high", "at most 3"),
        (LLAMA, _place("H100"), {"concurrency": 2000, "context": 16}, "concurrency-too-high", "at"),
        (LLAMA, _place("H100", 8), {"tensor_parallel": 3}, "tensor-parallel-uneven", "1, 2, 4, 8"),
        (LLAMA, _place("L4"), {"tensor_parallel": 2}, "tensor-parallel-too-large", "at most 1"),
        (LLAMA, _place("L4", 4), {"pipeline_parallel": 8}, "gpus-too-few", "at most 4"),
        (LLAMA, _place("L4", 8, 9), {"pipeline_parallel": 33}, "pipeline-parallel-too-large", "32"),
        (LLAMA, _place("A10G"), {"storage": STORAGES["mxfp4"]}, None, ""),
        (LLAMA, _place("T4"), {"storage": STORAGES["mxfp4"]}, "quantization-unsupported", "hopper"),
        (LLAMA, _place("T4"), {"storage": STORAGES["bf16"]}, None, ""),
        (LLAMA, _place("B200"), {"context": 131_073}, "context-beyond-model", "at most 131072"),
        (LLAMA, _place("H100"), {"utilization": 1.0}, "gpu-memory-overcommitted", "79.18 GiB"),
        (LLAMA, _place("H100"), {"kv_cache_bytes": 10**11}, "gpu-memory-overcommitted", "79.18"),
        (LLAMA, _place("H100"), {"kv_cache_bytes": 10**6}, "context-too-long", "at most 0"),
    ],
)
def test_a_refusal_says_what_would_be_allowed(
    model: Architecture, place: Place, flags: dict[str, Any], code: str | None, allowed: str
) -> None:
    found = {problem.code: problem for problem in _fit(model, place, **flags).problems}
    assert (code in found) if code else "quantization-unsupported" not in found
    assert code is None or allowed in found[code].allowed


def test_a_share_that_leaves_too_little_for_graphs_warns_and_says_which_would_do() -> None:
    planned = _fit(QWEN, _place("H100"), storage=STORAGES["fp8"], utilization=0.95)
    (problem,) = planned.problems
    assert (problem.severity, planned.fits) == ("warning", True)
    lower = float(problem.fixes[0].removeprefix("write "))
    assert not _fit(QWEN, _place("H100"), storage=STORAGES["fp8"], utilization=lower).problems


def test_kv_heads_are_copied_beyond_their_number() -> None:
    serving = Serving(context=8192, batched_tokens=2048, sequences=256)
    sizes = [pool_of(LLAMA, replace(serving, tensor_parallel=n)).block_bytes for n in (1, 2, 8, 16)]
    assert sizes == [sizes[0], sizes[0] // 2, sizes[0] // 8, sizes[0] // 8]


def test_every_gpu_keeps_a_latent_whole() -> None:
    serving = Serving(context=8192, batched_tokens=2048, sequences=256)
    one = pool_of(LITE, serving)
    assert pool_of(LITE, replace(serving, tensor_parallel=8)) == one
    assert one.block_bytes == 16 * 27 * 576 * 2


def test_a_quantised_latent_keeps_a_plain_copy_of_what_unfolds_it() -> None:
    serving = Serving(context=8192, batched_tokens=2048, sequences=256)
    quantised = replace(serving, storage=STORAGES["fp8"])
    without = replace(STORAGES["fp8"], kept=("kv_b_proj",))
    copies = 27 * 512 * 16 * 256
    more = weight_bytes_per_gpu(LITE, quantised) - weight_bytes_per_gpu(
        LITE, replace(serving, storage=without)
    )
    assert more == pytest.approx(copies, rel=1e-3)


def test_norms_and_routers_stand_on_every_gpu() -> None:
    serving = Serving(context=8192, batched_tokens=2048, sequences=256)
    parts = [weight_bytes_per_gpu(LITE, replace(serving, tensor_parallel=n)) for n in (1, 4)]
    assert parts[0] / 4 < parts[1] < parts[0] / 4 * 1.05
