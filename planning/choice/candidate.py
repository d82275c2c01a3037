"""One way to deploy a model, judged and priced."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Literal

from planning.choice.demand import Carries
from planning.choice.host import Host
from planning.choice.wanted import EngineName, Target
from planning.compatibility import Deployment
from planning.compatibility.deployment import Capacity
from planning.fit import Memory
from planning.memory import Fit, Serving
from planning.problems import Problem, errors_of
from planning.throughput import Performance, Range

Verdict = Literal["holds", "open", "broken", "not predicted"]
"""Against the whole interval: it holds at the slow end, only in part of it, not even at the fast
end; or nothing can be said."""
Standing = Literal["proven", "partly", "unknown", "broken"]
"""What predictions say of the demand: replicas carry it and all limits hold; they carry it, but a
limit has no prediction; there is none at all; it is not carried, or a limit does not hold."""


@dataclass(frozen=True, kw_only=True)
class Margin:
    """One limit of the demand against its prediction."""

    figure: Literal["ttft_ms", "itl_ms"]
    limit: float
    """Milliseconds."""
    predicted: Range | None
    """Milliseconds that the limit is held against: of the percentile where that is predicted, else
    typical ones; of the requests that the limit is about."""
    share: Range | None
    """Room up to the limit, as a share of it: 0.25 is a quarter left, below 0 it is exceeded;
    `low` belongs to the slow end. None: no prediction that can be compared."""
    verdict: Verdict
    reason: str = ""
    """Why it is not predicted, or what the comparison does not cover."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One pool of equal replicas. Sizes in bytes; dollars of computing alone, 730 h a month."""

    target: Target
    engine: EngineName
    engine_version: str
    """A row of engine_versions.yaml."""
    quantization: str
    """How weights are stored as loaded."""
    kv_bits: int
    gpu: str | None
    instance: str | None
    hf_hardware: str | None
    capacity: Capacity
    nodes_per_replica: int
    gpus_per_node: int
    """Of the node or endpoint, used or not; 0 on CPU."""
    gpus_per_replica: int
    replicas_per_node: int
    """That one node's GPUs or memory hold; 1 where a replica takes several nodes."""
    replicas: tuple[int, int]
    """Fewest and most."""
    needed: int | None
    """That carry the demand at the slow end of the prediction; None: no prediction, or none do."""
    carries: Carries | None
    """What one replica carries within the limits of the demand; None: no prediction."""
    serving: Serving | None
    """Flags of an engine on GPUs; None for onnx."""
    fit: Fit | None
    """On GPUs; None for onnx."""
    memory: Memory | None
    """Of onnx on CPU; None on GPUs."""
    host: Host | None
    """RAM, shared memory and disk of a node; None where the node is not ours (`local`, endpoints)
    and nothing is known of it."""
    deployment: Deployment
    performance: Performance
    """Of one replica at its share of the demand."""
    concurrency_per_replica: int
    """Requests in flight that `performance` was estimated at."""
    usd_per_hour: Decimal | None
    """Of one replica alone, on whole nodes; None: unpriced, see `unpriced`. 0 only on `local`."""
    monthly_usd: tuple[Decimal, Decimal] | None
    """At the fewest and most replicas; nodes are whole, and shared where several replicas fit."""
    unpriced: str | None
    """Why there is no price."""
    usd_per_million_output_tokens: Range | None
    """At the demand, all replicas running; `high` where they carry least."""
    usd_per_million_reason: str
    """Why there is none; empty where there is one."""
    slo: tuple[Margin, ...]
    """One for each limit of the demand."""
    standing: Standing | None
    """Against the demand; None: there is no demand."""
    problems: tuple[Problem, ...]
    """Fit, host and compatibility together, the gravest first."""

    @property
    def fits(self) -> bool:
        """No error; warnings and advice may be there."""
        return not errors_of(self.problems)

    def nodes(self, replicas: int) -> int:
        """Whole nodes for so many replicas."""
        return ceil(replicas / self.replicas_per_node) * self.nodes_per_replica

    @property
    def place(self) -> str:
        """Where one replica runs, in short."""
        own = f"{self.gpus_per_node} x {self.gpu}" if self.gpu else "CPU"
        where = self.instance or self.hf_hardware or own
        nodes = self.nodes_per_replica
        return f"{nodes} nodes of {where}" if nodes > 1 else where

    @property
    def shared_memory_bytes(self) -> int:
        """Of /dev/shm; 0: the container's own is enough."""
        return self.host.shared_memory_bytes if self.host else 0


@dataclass(frozen=True, kw_only=True)
class Choice:
    """All candidates, the best first."""

    candidates: tuple[Candidate, ...]
    """Those that fit by what predictions say of the demand and then by cost, then those that do
    not, each with its reasons."""
    best: Candidate | None
    """None: nothing that can be recommended fits. Of what does not fit, the first candidate's
    problems name the cheapest ways out."""
    problems: tuple[Problem, ...] = ()
    """Where nothing could even be tried, such as an engine that the target does not have."""
