"""A deployment as the cold-start budget looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planning.settings.engine import EngineKind
from planning.settings.settings import Target
from planning.settings.start import Start

SourceKind = Literal["hf", "package", "file", "s3"]
Front = Literal["none", "alb", "nlb", "api-gateway"]
"""The load balancer before the gateway."""


@dataclass(frozen=True, kw_only=True)
class StartCase:
    """One replica to be started; a part that is not known is None."""

    target: Target
    engine: EngineKind
    engine_version: str
    """A row of engine_versions.yaml."""
    image_bytes: int | None = None
    """As pulled, compressed; None: what the row of the version says, if anything."""
    weight_bytes: int
    """As downloaded."""
    gpu: str | None = None
    """A row of gpus.yaml."""
    instance: str | None = None
    hf_hardware: str | None = None
    node_mode: str | None = None
    """A row of node_modes.yaml; None: nodes that are not made here."""
    gpus_per_replica: int = 0
    experts: bool | None = None
    """A mixture of experts; None: not known."""
    model_source_kind: SourceKind = "hf"
    replicas: int = 1
    """Most that are changed one after the other by one `up`."""
    drain_seconds: float = 30
    """How long running streams may go on."""
    pre_stop_seconds: float | None = None
    """As the stack file says; None: computed."""
    grace_period_seconds: float | None = None
    """As the stack file says; None: computed."""
    load_balancer: Front = "none"
    levers: Start = Start()
