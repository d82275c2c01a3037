"""Everything a user may say, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from planning.settings.access import Access
from planning.settings.aws import Aws
from planning.settings.base import Section
from planning.settings.budget import Budget
from planning.settings.canary import Canary
from planning.settings.checks import Checks
from planning.settings.engine import Engine
from planning.settings.gateway import Gateway
from planning.settings.hugging_face import HuggingFace
from planning.settings.images import Images
from planning.settings.kubernetes import Kubernetes
from planning.settings.model import Model
from planning.settings.observability import Observability
from planning.settings.pool import Pool
from planning.settings.scaling import Scaling
from planning.settings.start import Start
from planning.settings.stop import Stop
from planning.settings.traffic import Traffic

Target = Literal["local", "kubernetes", "eks", "hf-endpoint"]


class Stated(Section):
    """The `slipway:` keys of a stack file; every one is checked by itself, so all may be absent."""

    target: Target | None = None
    """Where the model runs. `local`: processes on this machine; `kubernetes`: a cluster that is
    there; `eks`: AWS, cluster included; `hf-endpoint`: a Hugging Face Inference Endpoint."""
    model: Model | None = None
    """What is served: the shorthand for a `models` list of one."""
    models: Annotated[tuple[Model, ...], Field(min_length=1, max_length=64)] | None = None
    """Several models, where the engine serves several."""
    engine: Engine = Engine()
    """What runs the model, and how much it takes on at once."""
    scaling: Scaling = Scaling()
    """How many replicas."""
    canary: Canary | None = None
    """A second revision of the model behind the same gateway (`kubernetes`)."""
    start: Start = Start()
    """What is done so that a replica starts faster (not `local`)."""
    stop: Stop = Stop()
    """How long a replica that leaves goes on (`kubernetes`, `eks`)."""
    access: Access = Access()
    """Who may call the endpoint, where it listens and what it takes."""
    pools: Annotated[tuple[Pool, ...], Field(min_length=1, max_length=16)] | None = None
    """The nodes that serve the model (`kubernetes`: one, `eks`). Left out: the cheapest that
    fit."""
    aws: Aws | None = None
    """What is made on AWS (`eks`)."""
    kubernetes: Kubernetes | None = None
    """The cluster (`kubernetes`, `eks`)."""
    images: Images | None = None
    """Where images come from and where they go (`kubernetes`, `eks`)."""
    gateway: Gateway | None = None
    """The gateway's pods (`kubernetes`, `eks`)."""
    observability: Observability | None = None
    """What Prometheus and Grafana get (`kubernetes`, `eks`)."""
    hugging_face: HuggingFace | None = None
    """The Inference Endpoint (`hf-endpoint`)."""
    checks: Checks | None = None
    """What is asked around `up` (not `local`)."""
    traffic: Traffic | None = None
    """What load is expected, and how fast answers must be."""
    budget: Budget | None = None
    """What it may cost."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A valid stack file. `model` has become the one element of `models`."""

    target: Target
    models: tuple[Model, ...]
    engine: Engine
    scaling: Scaling
    canary: Canary | None
    start: Start
    stop: Stop
    access: Access
    pools: tuple[Pool, ...]
    """Empty: chosen by the plan."""
    aws: Aws
    kubernetes: Kubernetes
    images: Images
    gateway: Gateway
    observability: Observability
    hugging_face: HuggingFace
    checks: Checks
    traffic: Traffic | None
    budget: Budget | None
    origin: str
    """The file (or program) that said so, for messages."""

    @property
    def pool(self) -> Pool | None:
        """The first that serves the model; None: chosen by the plan."""
        return self.pools[0] if self.pools else None
