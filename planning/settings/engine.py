"""Section `engine`: what runs the model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.settings.base import Count, CountOrZero, Section, Share, worded
from planning.settings.limits import between, sizes
from planning.settings.repository import RepositoryModel
from planning.settings.units import Duration, Memory

EngineKind = Literal["onnx", "vllm", "triton", "tensorrt-llm"]
Weights = Literal[
    "fp32",
    "fp16",
    "bf16",
    "int8",
    "int4",
    "fp8",
    "awq",
    "gptq",
    "bitsandbytes",
    "nvfp4",
    "mxfp4",
]
CatalogName = Annotated[
    str, worded(r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$", "a name of planning/catalog")
]


class Engine(Section):
    """What runs the model, and how much it takes on at once."""

    kind: EngineKind | None = None
    """Left out: `onnx` on `local`; elsewhere the engine of the cheapest plan that fits."""
    version: CatalogName | None = None
    """A row of the catalog's engine versions, such as `vllm-0.33.0`. Left out: the newest one
    without known vulnerabilities."""
    backend: CatalogName | None = None
    """What Triton loads the model with, such as `vllm`, `python` or `onnxruntime`."""
    tuning: CatalogName | None = None
    """A row of the catalog's engine tunings, such as `vllm/8b-fp8`: what was tried against the
    engine's own defaults. It sets the keys here that are left out, and CUDA graphs."""
    repository: Annotated[tuple[RepositoryModel, ...], Field(min_length=1, max_length=64)] = ()
    """Models of Triton's repository beside the one that `model` names: they share its GPUs, and are
    asked at `/v2/models/<name>/infer` with the same keys."""
    quantization: Weights | None = None
    """How weights are stored: fewer bits are smaller and faster, and a little less exact. Left
    out: `int4` for `onnx`, else as the checkpoint stores them."""
    kv_cache_dtype: Literal["auto", "fp8"] = "auto"
    """Numbers of the KV cache. `auto`: in 16 bits. `fp8` halves it on GPUs that calculate in FP8,
    and is a little less exact."""
    gpu_memory_utilization: Share | None = None
    """Share of each GPU's memory that the engine takes. Left out: the engine's own default."""
    kv_cache_memory: Annotated[Memory, sizes("64Mi", "4Ti")] | None = None
    """KV cache of each GPU, in place of a share of its memory."""
    max_batched_tokens: Annotated[Count, Field(le=1_048_576)] | None = None
    """Most tokens of one step of a GPU engine. Left out: the engine's own default for the GPU."""
    max_concurrent: Annotated[Count, Field(le=4096)] | None = None
    """Requests decoded together by one replica. Left out: 8 for `onnx`, where each owns a row of
    the KV cache; else the engine's own default for the GPU."""
    max_queue: Annotated[CountOrZero, Field(le=10_000)] = 32
    """Requests that wait in one replica; one more is answered 429."""
    request_timeout: Annotated[Duration, between("1s", "24h")] = Duration(300_000)
    """Longest time of one request, waiting included."""
    drain: Annotated[Duration, between("0s", "1h")] = Duration(30_000)
    """How long running streams may go on when a replica is told to stop."""
    threads: Literal["auto"] | Annotated[Count, Field(le=256)] = "auto"
    """Compute threads of one `onnx` replica; `auto` shares the cores between the replicas."""
