"""The parts of the plan's JSON about memory, choice, speed, start and cost."""

from __future__ import annotations

from collections.abc import Mapping

from planning.report.part import Part, RangePart


class FitPart(Part):
    """Memory of one replica; predicted."""

    fits: bool
    """Whether no error is about memory, GPUs or node."""
    weights_bytes: int
    """As loaded, after quantisation, all GPUs together, without copies."""
    kv_bytes_per_token: int
    """One token in all layers, all GPUs together, without copies."""
    kv_bytes_per_token_beyond_window: int
    """The same for a token that every sliding window has left behind."""
    kv_cache_tokens: int
    """Tokens that the KV cache holds."""
    max_concurrent_requests: int
    """Requests of `model.maxContext` that run at once."""
    tensor_parallel: int
    """GPUs that divide each layer; 1 on a CPU."""
    pipeline_parallel: int
    """Groups of GPUs that each hold a part of the layers."""
    gpus_per_replica: int
    """0 on a CPU."""
    gpu: GpuMemoryPart | None
    """Of the fullest GPU; null on a CPU."""
    host: HostPart | None
    """Of a node beside its GPUs; null where it is not ours."""


class GpuMemoryPart(Part):
    """Bytes of one GPU."""

    visible_bytes: int
    """All of its memory, as CUDA shows it."""
    usable_bytes: int
    """What the engine may take."""
    weights_bytes: int
    """Weights."""
    activation_bytes: int
    """Peak of the largest step."""
    runtime_bytes: int
    """CUDA libraries, and CUDA graphs that are set aside for."""
    kv_cache_bytes: int
    """The KV cache; below 0: what is missing without any."""


class HostPart(Part):
    """Bytes of one node, with all replicas on it."""

    memory_needed_bytes: int
    """RAM, shared memory included."""
    memory_there_bytes: int | None
    """What a node leaves to Pods; null: not known."""
    shared_memory_bytes: int
    """Size of /dev/shm of one replica; 0: the container's own is enough."""
    checkpoint_bytes: int
    """The model's files."""
    image_bytes: int | None
    """The engine's image; null: not known."""
    disk_there_bytes: int | None
    """Local disk; null: not known."""


class ChoicePart(Part):
    """What is deployed."""

    engine: str
    """The engine."""
    engine_version: str
    """A row of the catalog's engine versions."""
    quantization: str
    """How weights are stored as loaded."""
    kv_bits: int
    """Bits of one number in the KV cache."""
    gpu: str | None
    """A row of the catalog's GPUs; null: a CPU."""
    instance_type: str | None
    """AWS instance type; null: own nodes, an endpoint, or this machine."""
    hf_hardware: str | None
    """Size of the Inference Endpoint."""
    region: str | None
    """Of the instance type."""
    capacity: str | None
    """How instances are bought."""
    nodes_per_replica: int
    """Nodes that serve one replica together."""
    replicas_per_node: int
    """Replicas that one node holds."""
    replicas: int
    """Fewest replicas: what `scaling` says, else what `traffic` needs, else 1."""
    max_replicas: int
    """Most replicas."""
    max_batched_tokens: int | None
    """Tokens of one step; null on a CPU."""
    max_num_seqs: int | None
    """Requests of one step; null on a CPU."""


class PerformancePart(Part):
    """Predicted figures of one replica; null with the reason."""

    concurrency: int
    """Requests in flight that the figures are for."""
    ttft_ms: RangePart | None
    """Milliseconds to the first token, typical."""
    itl_ms: RangePart | None
    """Milliseconds between tokens of one answer."""
    output_tokens_per_second: RangePart | None
    """Of all answers together."""
    ttft_p95_ms: RangePart | None = None
    """Milliseconds to the first token that 95 % of requests keep."""
    itl_p95_ms: RangePart | None = None
    """Mean milliseconds between the tokens of an answer that 95 % of answers keep."""
    reasons: Mapping[str, str]
    """Why a figure is null, under its name."""
    measured: str | None
    """On which release of the engine, and what is deployed instead."""


class SloPart(Part):
    """One limit of `traffic.slo`."""

    figure: str
    """`ttftMs` or `itlMs`."""
    limit_ms: float
    """The limit."""
    predicted_ms: RangePart | None
    """What it is held against: of the percentile where that is predicted, else typical; null: no
    estimate."""
    room: RangePart | None
    """Room up to the limit as a share of it, negative: exceeded; null: not predicted."""
    verdict: str
    """`holds`, `open`, `broken` or `not predicted`."""
    reason: str
    """Why it is not predicted, or what the comparison does not cover."""


class StagePart(Part):
    """One stage of a start."""

    name: str
    """The stage."""
    seconds: RangePart | None
    """null: not known, for `reason`."""
    formula: str
    """With its numbers."""
    reason: str | None
    """Why it is not known, or what stands in for it."""
    source: str
    """Of the figures."""


class LeverPart(Part):
    """What would make a start faster."""

    name: str
    """The lever."""
    setting: str
    """What to write in the stack file."""
    seconds_saved: float
    """Of the expected start."""
    seconds: float
    """Expected start with it."""


class ColdStartPart(Part):
    """A start from nothing, and what follows from it."""

    seconds: float | None
    """Expected, of the stages that are known."""
    low_seconds: float | None
    """Lower end."""
    high_seconds: float | None
    """Upper end."""
    at_least: bool
    """Whether a stage is not known, so that it takes longer."""
    stages: tuple[StagePart, ...]
    """One after the other."""
    levers: tuple[LeverPart, ...]
    """What would make it faster, the largest saving first."""
    budget_seconds: int
    """Longest start that is waited for."""
    startup_probe_seconds: int
    """When the startup probe gives up."""
    progress_deadline_seconds: int
    """Of the Deployment."""
    scale_down_stabilisation_seconds: int
    """How long a replica must be superfluous before it goes."""
    cooldown_seconds: int
    """How long nothing must come before the last replica goes."""
    pre_stop_seconds: int
    """Wait before the engine is told to stop."""
    grace_period_seconds: int
    """From the wish to stop until the replica is killed."""


class CandidatePart(Part):
    """One deployment that was looked at, in short."""

    engine_version: str
    """A row of the catalog's engine versions."""
    quantization: str
    """How weights are stored as loaded."""
    kv_bits: int
    """Bits of one number in the KV cache."""
    place: str
    """Instance type, endpoint hardware, or GPUs of own nodes."""
    tensor_parallel: int
    """GPUs that divide each layer."""
    replicas: int
    """Fewest replicas."""
    fits: bool
    """Whether nothing stands against it."""
    monthly_usd: float | None
    """At the fewest replicas; null: unpriced."""
    usd_per_million_output_tokens: float | None
    """Expected; null: no estimate."""
    standing: str | None
    """Of the predictions against `traffic`: `proven`, `partly`, `unknown`, `broken`."""
    why_not: str | None
    """The first thing that stands against it."""


class CostPart(Part):
    """What a month of computing costs, 730 hours."""

    estimated_monthly_usd: float | None
    """At the most replicas, which the budget is held against; null: unpriced."""
    minimum_monthly_usd: float | None
    """At the fewest replicas."""
    expected_monthly_usd: float | None
    """At the replicas that run on average, by `traffic`; null: see `expectedBecause`."""
    canary_monthly_usd: float | None = None
    """Of it the canary's, which is the same at all three; null: unpriced, or no canary."""
    expected_replicas: float | None
    """That run on average; a replica that starts counts."""
    expected_because: tuple[str, ...]
    """What the expected figures assume, or why they are null."""
    usd_per_hour: float | None
    """One replica."""
    usd_per_million_output_tokens: RangePart | None
    """At `traffic`, all replicas running; null: see `reason`."""
    reason: str | None
    """Why something is null."""
    budget_monthly_usd: float | None
    """The stack file's limit."""


FitPart.model_rebuild()
