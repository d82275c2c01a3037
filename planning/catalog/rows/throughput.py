"""How fast an engine was measured to be, as constants of a roofline."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from planning.catalog.rows.base import Fact, Positive, Row
from planning.catalog.rows.hardware import Version

Seconds = Annotated[float, Meta(gt=0)]
Share = Annotated[float, Meta(gt=0, le=1)]
Span = tuple[Positive, Positive]
"""Smallest and largest that was measured."""


class Constants(Fact):
    """Of one engine on one GPU: fitted by least squares on the error's logarithm."""

    bandwidth_share: Share
    """Of the data sheet's memory bandwidth, reached."""
    flop_share: Share
    """Of the data sheet's tensor-core rate in 16 bits, reached."""
    fp8_flop_share: Share
    """The same in 8 bits."""
    layer_seconds: Seconds
    """Of one layer in every step, beside reading and calculating."""
    prompt_layer_seconds: Seconds
    """Least time of one layer in a step with a prompt in it: launches from the CPU."""
    eager_layer_seconds: Seconds
    """The same where the step has more tokens than CUDA graphs are captured for."""
    sequence_seconds: Seconds
    """Of every running answer in every step: sampling, scheduling, sending."""


class HalfWidths(Fact, omit_defaults=True):
    """Factor from the expected figure to both ends of its 90 % interval; absent: too wide."""

    ttft: Annotated[float, Meta(gt=1)] | None = None
    itl: Annotated[float, Meta(gt=1)] | None = None
    throughput: Annotated[float, Meta(gt=1)] | None = None


class Tested(Fact):
    """What was measured; nothing is said of what lies outside."""

    parameters: Span
    concurrency: Span
    """Requests that run at once."""
    prompt: Span
    shortest_output: Positive
    longest_context: Positive
    """Prompt and answer of one request together."""
    resident: Positive
    """Most tokens of all running requests together."""


class CalibrationFacts(Fact):
    """Dense models on one GPU; `python -m tools.throughput` computes all but the names."""

    gpu: str
    """A row of gpus.yaml."""
    engine: str
    version: Version
    """Of the engine that was measured."""
    formats: tuple[str, ...]
    """Of weights and KV cache together."""
    batched_tokens: Positive
    """Most tokens of one step: `max_num_batched_tokens` of the engine that was measured."""
    constants: Constants
    half_widths: HalfWidths
    tested: Tested


CalibrationRow = Row[CalibrationFacts]
