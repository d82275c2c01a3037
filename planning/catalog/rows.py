"""What a catalog row holds."""

from __future__ import annotations

import datetime
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from components.specs import Device, Quantization

Positive = Annotated[int, Field(gt=0)]
Value = TypeVar("Value", bound=BaseModel)


class Fact(BaseModel):
    """Frozen; a key that no code reads is refused."""

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

    state: Literal["works", "planned"]
    targets: tuple[str, ...]
    devices: tuple[Device, ...]
    runtime_bytes: int = 0
    """Resident memory of one process before any weights."""
    workspace_bytes: int = 0
    """Activations and logits of the largest step."""
    weight_copies: float = 1.0
    """Resident weights as a multiple of the artefact (packing for the kernels makes copies)."""
    ready_timeout_seconds: float = 0
    """Longest start before a replica counts as broken."""


class DeviceFacts(Fact):
    """What a compute device is good for."""

    kv_bytes: Positive
    """Bytes of one number in the KV cache."""


class QuantizationFacts(Fact):
    """How weights are stored, and how exact the result must be."""

    devices: tuple[Device, ...]
    weight_bits: float
    """Bits of one matrix weight, block scales included."""
    vector_bits: float
    """Bits of everything that stays unquantised: norms and the rotary table."""
    min_top1_agreement: Annotated[float, Field(ge=0, le=1)]
    max_perplexity_ratio: Annotated[float, Field(ge=1)]


ModelRow = Row[ModelFacts]
EngineRow = Row[EngineFacts]
DeviceRow = Row[DeviceFacts]
QuantizationRow = Row[QuantizationFacts]
QUANTIZATIONS: tuple[Quantization, ...] = ("fp32", "fp16", "int8", "int4")
