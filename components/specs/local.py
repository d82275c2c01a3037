"""The `local` target: a model made on this machine, and processes that serve it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from components.specs.gateway import GatewaySpec

Quantization = Literal["fp32", "fp16", "int8", "int4"]
Device = Literal["cpu"]


@dataclass(frozen=True, kw_only=True)
class ModelSpec:
    """One model and the artefact that an engine serves."""

    name: str
    """Served name: what clients send as `model`."""
    source: str
    """`package:<name>==<version>/<file>`, `file:<path>` or `hf:<org>/<name>@<40-hex revision>`."""
    sha256: str | None
    """Of the one file that `source` names; None where the source pins by revision."""
    quantization: Quantization
    device: Device
    max_context: int
    min_top1_agreement: float
    """Smallest accepted share of next tokens equal to the unquantised source's (0..1)."""
    max_perplexity_ratio: float
    """Largest accepted perplexity of the artefact divided by the unquantised source's."""


@dataclass(frozen=True, kw_only=True)
class ServerSpec:
    """One replica of the ONNX Runtime server."""

    model_name: str
    max_context: int
    max_concurrent: int
    """Requests decoded together; each owns one row of the KV cache."""
    max_queue: int
    """Requests waiting for a row; one more is refused with 429."""
    threads: int
    request_timeout_seconds: float
    drain_seconds: float
    """How long running streams may go on after SIGTERM."""
    ready_timeout_seconds: float
    memory_bytes: int | None
    """Predicted resident memory of one replica; None where the catalog does not know the model."""


@dataclass(frozen=True, kw_only=True)
class LocalSpec:
    """The `local` target: processes on this machine."""

    model: ModelSpec
    server: ServerSpec
    replicas: int
    gateway: GatewaySpec
