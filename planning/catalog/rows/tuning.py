"""Settings of an engine that were tried against its own defaults."""

from __future__ import annotations

from typing import Literal

from planning.catalog.rows.base import Fact, Positive, Row


class GoodputFacts(Fact):
    """Requests a second of one GPU that kept to both limits, at the highest rate that held."""

    tuned: float
    defaults: float
    """Of the engine's own defaults, on the same GPU in the same visit."""
    ttft_seconds: float
    itl_ms: float
    prompt_tokens: Positive
    output_tokens: Positive


class EngineTuningFacts(Fact):
    """What `slipway:engine.tuning` sets where the stack file says nothing itself."""

    engine: Literal["vllm"]
    what: str
    quantization: str | None = None
    kv_cache_dtype: Literal["auto", "fp8"] | None = None
    batched_tokens: Positive | None = None
    """Tokens of one step."""
    sequences: Positive | None = None
    """Requests of one step."""
    graph_sizes: tuple[Positive, ...] = ()
    """Tokens of the steps that have a CUDA graph; none: the engine's own."""
    graph_mode: Literal["FULL"] | None = None
    """FULL: steps with prompts are one graph too, attention in it; absent: the engine's own."""
    parameters_billion: tuple[float, float]
    """Sizes of models that it is meant for."""
    gpu: str | None = None
    """A row of gpus.yaml: where it was measured. Absent: not measured."""
    version: str | None = None
    """Of the engine that was measured."""
    model: str | None = None
    """That was measured, with random weights: exactness is not."""
    goodput: GoodputFacts | None = None
    """Absent: not measured."""


EngineTuningRow = Row[EngineTuningFacts]
