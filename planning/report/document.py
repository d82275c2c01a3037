"""The plan as JSON: documented, stable keys. A change of meaning raises `formatVersion`."""

from __future__ import annotations

from typing import Literal

from planning.problems import Problem, Severity
from planning.report.cluster_document import KubernetesPart
from planning.report.eks_document import EksPart
from planning.report.part import Part
from planning.report.placed_document import (
    CandidatePart,
    ChoicePart,
    ColdStartPart,
    CostPart,
    FitPart,
    PerformancePart,
    SloPart,
)


class ModelPart(Part):
    """What is served."""

    name: str
    """What clients send as `model`."""
    source: str
    """Where it comes from, as in the stack file."""
    sha256: str | None
    """Of the file that `source` names; null where the source pins itself or is a local path."""
    licence: str | None
    """From the catalog; null for a model that it does not know."""
    quantization: str
    """How weights are stored."""
    device: str | None
    """What computes; null: GPUs, see `choice`."""
    architecture: str | None
    """`model_type` of its config.json; null where neither that nor the catalog tells it."""
    parameters: int | None
    """All of them; null without an architecture."""
    active_parameters: int | None
    """Those that one token is multiplied with; fewer where a model has experts."""
    max_context: int
    """Longest prompt and answer together, in tokens."""
    min_top1_agreement: float | None
    """Smallest accepted share of next tokens equal to the unquantised model's; null: no
    conversion."""
    max_perplexity_ratio: float | None
    """Largest accepted perplexity relative to the unquantised model's."""


class EnginePart(Part):
    """What runs it on `local`."""

    kind: str
    """The engine."""
    replicas: int
    """Processes that serve the model."""
    threads: int
    """Compute threads of each replica."""
    max_concurrent: int
    """Requests decoded together by one replica."""
    max_queue: int
    """Requests waiting in one replica."""
    request_timeout_seconds: float
    """Longest time of one request."""
    drain_seconds: float
    """How long running streams may go on when a replica stops."""
    ready_timeout_seconds: float
    """Longest start of a replica."""
    live_path: str
    """Fails when a replica makes no progress."""
    ready_path: str
    """Fails while a replica loads or drains."""


class MemoryPart(Part):
    """Predicted memory on `local`; null for a model that the catalog does not know."""

    artefact_bytes: int
    """The model's files on disk."""
    weights_bytes: int
    """Weights of one replica, with the packed copies of the kernels."""
    kv_cache_bytes: int
    """KV cache of one replica, all rows full."""
    runtime_bytes: int
    """The process without weights and cache."""
    replica_bytes: int
    """The three together."""
    total_bytes: int
    """All replicas."""
    change_bytes: int
    """All replicas and the one more that a rolling change starts first."""
    machine_bytes: int | None
    """Memory of the machine; null when the plan was made without one."""


class KeyPart(Part):
    """One API key."""

    name: str
    """As in the access log."""
    source: str
    """Where its value is found; never the value."""


class GatewayPart(Part):
    """What clients meet."""

    base_url: str
    """The OpenAI base URL."""
    host: str
    """Address to listen on."""
    port: int
    """TCP port."""
    tls: Literal["none", "self-signed", "own"]
    """The certificate."""
    auth: Literal["api-key", "none"]
    """How clients are let in."""
    keys: tuple[KeyPart, ...]
    """Named API keys."""
    requests_per_minute: int | None
    """Limit of each key; null: none."""
    max_connections: int
    """Open connections."""
    max_streams: int
    """Requests in flight."""
    max_request_bytes: int
    """Largest request body."""


class ProblemPart(Part):
    """One thing to mend."""

    path: str
    """The key that is to blame, as written in the stack file."""
    code: str
    """Stable name of the rule."""
    got: str
    """What stands there; never a secret."""
    allowed: str
    """What may stand there."""
    fixes: tuple[str, ...]
    """How to mend it, the likeliest first."""
    severity: Severity
    """An `error` forbids `pulumi up`; a `warning` and an `advice` do not."""

    @classmethod
    def of(cls, problem: Problem) -> ProblemPart:
        return cls(**vars(problem))


class PlanDocument(Part):
    """Output of `python -m planning plan FILE --json`."""

    format_version: Literal[1] = 1
    """Version of these keys."""
    origin: str
    """The stack file."""
    stack: str
    """Name of the stack."""
    ok: bool
    """Whether `pulumi up` would go on: no problem is an error."""
    target: str | None = None
    """Where the model runs. This and the parts below are null when the file cannot be planned."""
    model: ModelPart | None = None
    """What is served."""
    fit: FitPart | None = None
    """Whether one replica fits; also null for a model that the catalog does not know."""
    choice: ChoicePart | None = None
    """What is deployed: as the stack file says, and where it leaves it open, the cheapest."""
    performance: PerformancePart | None = None
    """Speed of one replica at its share of `traffic`."""
    slo: tuple[SloPart, ...] = ()
    """The limits of `traffic.slo` beside the predictions."""
    cold_start: ColdStartPart | None = None
    """From the wish for one more replica to its first answer."""
    candidates: tuple[CandidatePart, ...] = ()
    """What else was looked at, the best first; of what does not fit, one for each GPU."""
    kubernetes: KubernetesPart | None = None
    """What is made on a cluster; null elsewhere, and where something is missing that only the stack
    file can name."""
    eks: EksPart | None = None
    """What is made on AWS; null elsewhere, and as `kubernetes`."""
    engine: EnginePart | None = None
    """What runs it on `local`; null elsewhere."""
    memory: MemoryPart | None = None
    """Predicted memory on `local`; also null for a model that the catalog does not know."""
    gateway: GatewayPart | None = None
    """What clients meet on this machine; null where no gateway runs on it."""
    cost: CostPart | None = None
    """What a month costs."""
    problems: tuple[ProblemPart, ...] = ()
    """Everything to mend or to know, errors first."""

    def text(self) -> str:
        return self.model_dump_json(by_alias=True, indent=2)
