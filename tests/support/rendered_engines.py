"""Replicas that goldens and contract tests render: every setting of every engine at least once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from components.specs.engine import ContractSpec, EngineKind, EngineSpec
from planning.catalog import load_catalog
from planning.engine_contract import contract_of
from tests.support.triton_models import pipeline, python_model

GIB = 1 << 30
REPOSITORY = "Qwen/Qwen3-8B"
TRIMMED = (1, 2, 4, 8, 16, 32, 48, 64)
REVISION = "b968826d9c46dd6066d109eabc6255188de91218"


def contract(version: str) -> ContractSpec:
    found = contract_of(version, load_catalog())
    assert found is not None, f"no contract of {version}"
    return found


def engine(kind: EngineKind, version: str, **changes: Any) -> EngineSpec:
    """A plain replica on one GPU, or on processors for onnx."""
    on_gpu = kind != "onnx"
    spec = EngineSpec(
        kind=kind,
        contract=contract(version),
        model=REPOSITORY if on_gpu else "/model",
        revision=REVISION if on_gpu else None,
        served_name="Qwen3-8B" if on_gpu else "SmolLM2-135M-Instruct",
        context=8192 if on_gpu else 2048,
        sequences=256 if on_gpu else 8,
        batched_tokens=None,
        queue=32,
        quantization=None,
        kv_cache_dtype="auto",
        gpu_memory_utilization=None,
        kv_cache_bytes=None,
        tensor_parallel=1,
        pipeline_parallel=1,
        nodes=1,
        threads=None if on_gpu else 2,
        request_timeout_seconds=300,
        drain_seconds=30,
        startup_period_seconds=5,
        startup_failure_threshold=120,
        shared_memory_bytes=2 * GIB if on_gpu else 0,
        loader="default",
        compile_cache="none",
    )
    return replace(spec, **changes)


VLLM = "vllm-0.33.0"
CASES: Mapping[str, EngineSpec] = {
    "onnx": engine("onnx", "onnxruntime-1.32.0"),
    "onnx-many": engine("onnx", "onnxruntime-1.32.0", sequences=32, queue=0, threads=8),
    "vllm": engine("vllm", VLLM),
    "vllm-folder": engine("vllm", VLLM, model="/model", revision=None),
    "vllm-fp8": engine(
        "vllm",
        VLLM,
        quantization="fp8",
        kv_cache_dtype="fp8",
        batched_tokens=8192,
        gpu_memory_utilization=0.9,
    ),
    "vllm-traced": engine("vllm", VLLM, traces_endpoint="otel-collector.monitoring.svc:4317"),
    "vllm-fast-start": engine(
        "vllm",
        VLLM,
        kv_cache_bytes=40 * GIB,
        gpu_memory_utilization=0.9,
        loader="streamer",
        compile_cache="volume",
        graph_sizes=TRIMMED,
    ),
    "vllm-baked-cache": engine("vllm", VLLM, compile_cache="baked"),
    "vllm-eight-gpus": engine("vllm", VLLM, tensor_parallel=8, shared_memory_bytes=16 * GIB),
    "vllm-two-nodes": engine("vllm", VLLM, tensor_parallel=8, pipeline_parallel=2, nodes=2),
    "vllm-tuned": engine(
        "vllm",
        VLLM,
        quantization="fp8",
        kv_cache_dtype="fp8",
        batched_tokens=2048,
        sequences=512,
        graph_sizes=load_catalog().engine_tunings["vllm/8b-fp8"].value.graph_sizes,
    ),
    "vllm-whole-graphs": engine("vllm", VLLM, graph_sizes=TRIMMED, graph_mode="FULL"),
    "vllm-older": engine("vllm", "vllm-0.25.1", batched_tokens=2048, graph_sizes=TRIMMED),
    "triton-vllm": engine("triton", "triton-26.07-vllm", backend="vllm"),
    "triton-vllm-tuned": engine(
        "triton",
        "triton-26.07-vllm",
        backend="vllm",
        tensor_parallel=2,
        kv_cache_dtype="fp8",
        quantization="fp8",
        gpu_memory_utilization=0.9,
        batched_tokens=4096,
        loader="streamer",
        graph_sizes=TRIMMED,
    ),
    "triton-vllm-with-others": engine(
        "triton",
        "triton-26.07-vllm",
        backend="vllm",
        beside=(python_model(), *(one for one in pipeline() if one.name == "resize")),
    ),
    "triton-python": engine(
        "triton",
        "triton-26.07",
        backend="python",
        model="/model",
        revision=None,
        models=(python_model(),),
    ),
    "triton-pipeline": engine(
        "triton",
        "triton-26.07",
        backend="onnxruntime",
        model="/model",
        revision=None,
        models=pipeline(),
    ),
    "tensorrt-llm": engine("tensorrt-llm", "tensorrt-llm-1.2.1"),
    "tensorrt-llm-fp8-cache": engine(
        "tensorrt-llm",
        "tensorrt-llm-1.2.1",
        kv_cache_dtype="fp8",
        tensor_parallel=4,
        batched_tokens=8192,
    ),
}
