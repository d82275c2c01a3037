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
    """Of one engine on one GPU: fitted by least squares on the error's logarithm, but for the two
    of launches and the two of tails, which are geometric means over models."""

    bandwidth_share: Share
    """Of the data sheet's memory bandwidth, reached."""
    flop_share: Share
    """Of the data sheet's tensor-core rate in 16 bits, reached."""
    fp8_flop_share: Share
    """The same in 8 bits."""
    layer_seconds: Seconds
    """Of one layer in every step, beside reading and calculating."""
    gap_seconds: Seconds
    """Of one layer in a step with a prompt in it, beside that: its kernels are started singly."""
    prompt_layer_seconds: Seconds
    """Least time of one layer in a step with a prompt in it: launches from the CPU."""
    eager_layer_seconds: Seconds
    """The same where the step has more tokens than CUDA graphs are captured for."""
    sequence_seconds: Seconds
    """Of every running answer in every step: sampling, scheduling, sending."""
    request_seconds: Seconds
    """From a user to the engine and back, beside its steps."""
    ttft_tail: Annotated[float, Meta(gt=1)]
    """Of many users: seconds to the first token that 95 % keep, over the median."""
    itl_tail: Annotated[float, Meta(gt=0)]
    """Of many users: mean gap of an answer that 95 % keep, over the mean of all."""


class HalfWidths(Fact, omit_defaults=True):
    """Factor from the expected figure to both ends of its 90 % interval; absent: too wide."""

    ttft: Annotated[float, Meta(gt=1)] | None = None
    itl: Annotated[float, Meta(gt=1)] | None = None
    throughput: Annotated[float, Meta(gt=1)] | None = None
    ttft_p95: Annotated[float, Meta(gt=1)] | None = None
    itl_p95: Annotated[float, Meta(gt=1)] | None = None


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
    windows: bool
    """Whether layers that look back at fewer tokens than a request has."""
    latents: bool
    """Whether caches of latents in place of keys and values."""


class Family(Fact):
    """Models that are measured, fitted and held out together."""

    formats: tuple[str, ...]
    """Of weights and KV cache together."""
    constants: Constants
    half_widths: HalfWidths
    tested: Tested


class CalibrationFacts(Fact):
    """One engine on one GPU; `python -m tools.throughput` computes all but the names."""

    gpu: str
    """A row of gpus.yaml."""
    engine: str
    version: Version
    """Of the engine that was measured."""
    batched_tokens: Positive
    """Most tokens of one step: `max_num_batched_tokens` of the engine that was measured."""
    dense: Family
    mixtures: Family
    """Of experts, with tokens routed to all alike."""


CalibrationRow = Row[CalibrationFacts]
