"""Engines that this release runs, and what they compute on."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from components.specs import Device, Quantization
from planning.catalog.rows.base import Fact, Positive, Row


class ProcessFacts(Fact):
    """What a process of an engine takes on a CPU."""

    runtime_bytes: Positive
    """Resident memory of one process before any weights."""
    workspace_bytes: Positive
    """Activations and logits of the largest step."""
    ready_timeout_seconds: float
    """Longest start before a replica counts as broken."""


class EngineFacts(Fact):
    """Where an engine runs."""

    targets: Annotated[tuple[str, ...], Meta(min_length=1)]
    devices: tuple[Device, ...] = ()
    """What it computes on beside GPUs, the usual one first."""
    process: ProcessFacts | None = None
    """Absent for an engine of GPUs: planning/memory counts there."""


class DeviceFacts(Fact):
    """What a compute device is good for."""

    kv_bits: dict[Quantization, Positive]
    """Bits of one number in the KV cache, for each quantization that the device runs."""


class QuantizationFacts(Fact):
    """How weights are stored, and how exact the result must be."""

    weight_bits: float
    """Bits of one weight of the layers' matrices on average, block scales included."""
    tied_embedding_bits: float
    """Bits of one embedding weight, for the table and the head together, where they are one."""
    untied_embedding_bits: float
    """The same where table and head are two matrices of the model."""
    vector_bits: float
    """Bits of everything that stays unquantised: norms and the rotary table."""
    resident_ratio: Annotated[float, Meta(ge=1)]
    """Weights in memory divided by the artefact on disk: kernels keep packed copies."""
    min_top1_agreement: Annotated[float, Meta(ge=0, le=1)]
    max_perplexity_ratio: Annotated[float, Meta(ge=1)]


EngineRow = Row[EngineFacts]
DeviceRow = Row[DeviceFacts]
QuantizationRow = Row[QuantizationFacts]
