"""Section `engine`: what runs the model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from components.specs import Quantization
from planning.settings.base import Count, CountOrZero, Section
from planning.settings.limits import between
from planning.settings.units import Duration

EngineKind = Literal["onnx", "vllm", "triton", "tensorrt-llm"]


class Engine(Section):
    """What runs the model, and how much it takes on at once."""

    kind: EngineKind = "onnx"
    """ONNX Runtime behind FastAPI. The other engines come with later releases."""
    quantization: Quantization = "int4"
    """How weights are stored: fewer bits are smaller and faster, and a little less exact."""
    max_concurrent: Annotated[Count, Field(le=256)] = 8
    """Requests decoded together by one replica; each owns a row of the KV cache."""
    max_queue: Annotated[CountOrZero, Field(le=10_000)] = 32
    """Requests that wait for a row in one replica; one more is answered 429."""
    request_timeout: Annotated[Duration, between("1s", "24h")] = Duration(300_000)
    """Longest time of one request, waiting included."""
    drain: Annotated[Duration, between("0s", "1h")] = Duration(30_000)
    """How long running streams may go on when a replica is told to stop."""
    threads: Literal["auto"] | Annotated[Count, Field(le=256)] = "auto"
    """Compute threads of one replica; `auto` shares the cores between the replicas."""
