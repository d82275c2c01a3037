"""One replica of an engine, in the planner's words; `components.engines` makes a container of it.

Flags, metric names, ports and users belong to the version of an image: the planner takes them from
the catalog's row of that version and hands them on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from components.specs.triton import TritonModelSpec

EngineKind = Literal["onnx", "vllm", "triton", "tensorrt-llm"]
Meaning = Literal[
    "queued",
    "running",
    "kv_usage",
    "ttft",
    "itl",
    "e2e",
    "prompt_tokens",
    "generation_tokens",
    "requests",
    "refused",
    "preemptions",
]
"""What a metric says, whatever an engine calls it: gauges of requests and of a share (0..1),
histograms of seconds, counters of tokens and requests."""

Setting = Literal[
    "host",
    "port",
    "served_name",
    "revision",
    "context",
    "sequences",
    "batched_tokens",
    "queue",
    "in_flight",
    "quantization",
    "kv_cache_dtype",
    "kv_cache_bytes",
    "gpu_memory_utilization",
    "tensor_parallel",
    "pipeline_parallel",
    "nodes",
    "node_rank",
    "leader",
    "headless",
    "threads",
    "request_timeout",
    "drain",
    "loader",
    "graphs",
    "graph_mode",
    "quiet_access_log",
    "traces",
    "model_repository",
    "model_control",
    "strict_readiness",
    "metrics",
    "metrics_host",
    "metrics_port",
    "grpc",
    "inference",
    "inference_port",
    "tokenizer",
    "answer_tokens",
    "config_file",
]
"""What this project tells an engine; `in_flight` is running and waiting requests together."""


@dataclass(frozen=True, kw_only=True)
class MetricsSpec:
    """What one version of an engine reports to Prometheus."""

    path: str
    port: str
    """Name of the container's port."""
    names: Mapping[Meaning, str]
    """As on the wire, without `_bucket`, `_sum` and `_count`; what is absent is not reported."""
    model_label: str | None
    """Label with the served name; None: the engine does not say it."""
    buckets: Mapping[Meaning, tuple[float, ...]] = field(
        default_factory=dict[Meaning, tuple[float, ...]]
    )
    """Upper bounds of a histogram, without infinity: a share of requests is known at these only."""


@dataclass(frozen=True, kw_only=True)
class ContractSpec:
    """What one version of an engine's image understands."""

    version: str
    """Row of engine_versions.yaml."""
    flags: Mapping[Setting, str]
    """What that version can be told on its command line, and how."""
    fields: Mapping[Setting, str] = field(default_factory=dict[Setting, str])
    """The same in a configuration file of its own: keys, with `.` between levels."""
    port: int
    """Of requests."""
    metrics_port: int
    """The same one, where the engine has no other for them."""
    ready_path: str
    live_path: str
    user: int
    group: int
    scratch: tuple[str, ...]
    """Folders that the image writes to."""
    metrics: MetricsSpec


@dataclass(frozen=True, kw_only=True)
class EngineSpec:
    """One replica. Sizes are bytes, times are seconds, contexts are tokens."""

    kind: EngineKind
    contract: ContractSpec
    backend: str | None = None
    """Of Triton: what it loads the model with."""
    models: tuple[TritonModelSpec, ...] = ()
    """Of Triton: its whole repository, in place of `model`; it is then not asked for text."""
    beside: tuple[TritonModelSpec, ...] = ()
    """Of Triton: models beside `model` in its repository, asked by KServe's protocol on the
    container's port `inference`."""
    model: str
    """Repository on the hub, or a folder in the container."""
    revision: str | None = None
    """40 hexadecimal digits, where `model` is a repository."""
    served_name: str
    context: int
    sequences: int | None
    """Requests of one step; None: the engine's own default."""
    batched_tokens: int | None
    """Tokens of one step; None: the engine's own default."""
    queue: int
    """Requests that wait; one more is refused."""
    quantization: str | None
    """None: as the checkpoint stores its weights."""
    kv_cache_dtype: Literal["auto", "fp8"]
    gpu_memory_utilization: float | None
    kv_cache_bytes: int | None
    tensor_parallel: int
    pipeline_parallel: int
    nodes: int
    """Nodes that serve the replica together."""
    threads: int | None
    """Of onnx."""
    request_timeout_seconds: float
    drain_seconds: float
    startup_period_seconds: int
    startup_failure_threshold: int
    shared_memory_bytes: int
    loader: Literal["default", "streamer"]
    compile_cache: Literal["none", "volume", "baked"]
    graph_sizes: tuple[int, ...] = ()
    """Tokens of the steps that have a CUDA graph; none: the engine's own choice."""
    graph_mode: Literal["FULL"] | None = None
    """FULL: steps with prompts are one graph too, attention in it; None: the engine's own."""
    traces_endpoint: str | None = None
    """OTLP over gRPC, `host:port`: a replica goes on with the gateway's traces, where its engine
    can; None: no traces."""
