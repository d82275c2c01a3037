"""How long the parts of a start take, and the limits that waiting for it meets."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from planning.catalog.rows.base import Fact, Positive, Row
from planning.catalog.rows.hardware import Version

Amount = Annotated[float, Meta(ge=0)]


class Spread(Fact):
    """What sources span, the best first; `expected` is the middle one, or the worse of two."""

    best: Amount
    expected: Amount
    worst: Amount


class StartRateFacts(Fact):
    """One part of a start: seconds, or a rate, or a share of another part's time."""

    what: str
    seconds: Spread | None = None
    gb_per_second: Spread | None = None
    """10^9 bytes."""
    share: Spread | None = None


class EngineStartFacts(Fact):
    """One measured start of an engine, without reading weights."""

    engine: Literal["onnx", "vllm"]
    version: Version | None = None
    """Absent: the source does not say."""
    gpu: str | None = None
    """A row of gpus.yaml."""
    gpus: Annotated[int, Meta(ge=0)] = 1
    model: str
    model_bytes: Positive | None = None
    """Of its file, where reading it is part of the figures."""
    experts: bool = False
    """A mixture of experts."""
    compile_cached: bool = False
    """torch.compile found its result of an earlier start."""
    infos_cached: bool = False
    """vLLM found what it had learnt of the model's class, which else takes a process of its own."""
    trimmed: bool = False
    """CUDA graphs of fewer sizes than by default."""
    compile_seconds: Amount | None = None
    capture_seconds: Amount | None = None
    other_seconds: Amount | None = None
    """Imports, configuration, memory profile, warm-up."""


class TimingFacts(Fact):
    """A time that another part of the way gives, in seconds."""

    what: str
    seconds: Amount
    """Its default, or what must be kept to."""
    most: Amount | None = None
    """Largest that can be set; absent: no limit known."""


StartRateRow = Row[StartRateFacts]
EngineStartRow = Row[EngineStartFacts]
TimingRow = Row[TimingFacts]
