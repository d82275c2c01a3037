"""What a catalog row holds."""

from __future__ import annotations

import datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from components.specs import Device, Quantization

Positive = Annotated[int, Field(gt=0)]
Value = TypeVar("Value", bound=BaseModel)


class Fact(BaseModel):
    """Frozen; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(Fact, Generic[Value]):
    """One fact: what, from where, as of when."""

    id: Annotated[str, Field(min_length=1)]
    value: Value
    source: Annotated[str, Field(min_length=10)]
    """A URL, or how it was measured or derived."""
    date: datetime.date


class Architecture(Fact):
    """The numbers of a decoder-only transformer that decide its size."""

    family: str
    layers: Positive
    heads: Positive
    kv_heads: Positive
    head_dim: Positive
    hidden: Positive
    intermediate: Positive
    vocabulary: Positive
    tied_embeddings: bool
    max_position: Positive
    """Longest context the model was trained for, in tokens."""


class ModelFacts(Fact):
    """One model at one place, pinned."""

    source: str
    """As in a stack file."""
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Of the file that `source` names."""
    wheel_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    licence: str
    architecture: Architecture


class EngineFacts(Fact):
    """Where an engine runs and what a process of it takes."""

    targets: tuple[str, ...]
    devices: Annotated[tuple[Device, ...], Field(min_length=1)]
    """What it computes on, the usual one first."""
    runtime_bytes: Positive
    """Resident memory of one process before any weights."""
    workspace_bytes: Positive
    """Activations and logits of the largest step."""
    ready_timeout_seconds: float
    """Longest start before a replica counts as broken."""


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
    resident_ratio: Annotated[float, Field(ge=1)]
    """Weights in memory divided by the artefact on disk: kernels keep packed copies."""
    min_top1_agreement: Annotated[float, Field(ge=0, le=1)]
    max_perplexity_ratio: Annotated[float, Field(ge=1)]


ModelRow = Row[ModelFacts]
EngineRow = Row[EngineFacts]
DeviceRow = Row[DeviceFacts]
QuantizationRow = Row[QuantizationFacts]
