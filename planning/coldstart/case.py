"""A deployment as the cold-start budget looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from planning.settings.engine import EngineKind
from planning.settings.settings import Target
from planning.settings.start import Start

SourceKind = Literal["hf", "package", "file", "s3"]
LoadBalancer = Literal["none", "alb", "nlb", "api-gateway"]


@dataclass(frozen=True, kw_only=True)
class StartCase:
    """One replica to be started; a part that is not known is None."""

    target: Target
    engine: EngineKind
    engine_version: str
    """A row of engine_versions.yaml."""
    image_bytes: int | None = None
    """As pulled; None: what the row of the version says, if anything."""
    weight_bytes: int
    """As downloaded."""
    gpu: str | None = None
    """A row of gpus.yaml."""
    instance: str | None = None
    """A row of the instances."""
    hf_hardware: str | None = None
    """A row of hf_hardware.yaml."""
    node_mode: str | None = None
    """A row of node_modes.yaml; None: nodes that are not made here."""
    disk_mib_per_second: int | None = None
    """Throughput of the node's root disk; None: not known."""
    gpus_per_replica: int = 0
    experts: bool | None = None
    """A mixture of experts; None: not known."""
    model_source_kind: SourceKind = "hf"
    replicas: int = 1
    """Most that one `up` changes one after the other."""
    drain_seconds: float = 30
    """How long running streams may go on."""
    pre_stop_seconds: float | None = None
    """As the stack file says; None: computed."""
    grace_period_seconds: float | None = None
    """As the stack file says; None: computed."""
    load_balancer: LoadBalancer = "none"
    """What sends requests to the replicas' pods, beside the gateway in the cluster."""
    levers: Start = field(default_factory=Start)

    @property
    def node_is_kept(self) -> bool:
        """A node is there before the replica is wanted."""
        return self.levers.warm_nodes > 0 or self.node_mode == "karpenter-static"

    @property
    def weights_in_image(self) -> bool:
        """What `onnx` serves is converted before the image is built."""
        return self.engine == "onnx" or self.levers.weights == "baked"
