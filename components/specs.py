"""What components accept: frozen, Pulumi-free values.

`planning` makes them, `components` and `providers` translate them; neither decides anything more.
Sizes are bytes, times are seconds, contexts are tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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
class KeySpec:
    """One named API key, by reference: the value itself never enters a plan."""

    name: str
    source: str
    """`generated`, `config:<secret config key>` or `env:<variable>`."""


@dataclass(frozen=True, kw_only=True)
class TlsSpec:
    """The gateway's certificate; both paths None means a generated self-signed one."""

    certificate: str | None
    private_key: str | None


@dataclass(frozen=True, kw_only=True)
class GatewaySpec:
    """The one data plane in front of all replicas."""

    host: str
    port: int
    tls: TlsSpec | None
    keys: tuple[KeySpec, ...]
    """Empty means no authentication."""
    requests_per_minute: int | None
    """Per key (or in all, without authentication); None means unlimited."""
    max_connections: int
    max_streams: int
    """Requests in flight over all replicas; one more is refused with 503."""
    request_timeout_seconds: float
    max_request_bytes: int
    drain_seconds: float


@dataclass(frozen=True, kw_only=True)
class LocalSpec:
    """The `local` target: processes on this machine."""

    model: ModelSpec
    server: ServerSpec
    replicas: int
    gateway: GatewaySpec


@dataclass(frozen=True, kw_only=True)
class HfImageSpec:
    """The engine image of an Inference Endpoint."""

    variant: str
    """`vLLM`, `sGLang`, `llamacpp`, `tei`, `tgi`, `custom`, …: huggingface_hub's own names."""
    url: str
    settings: Mapping[str, str | int | bool] = field(default_factory=dict[str, str | int | bool])
    """`port`, `healthRoute`, `tensorParallelSize`, …: only what the variant declares."""


@dataclass(frozen=True, kw_only=True)
class HfRegistrySpec:
    """Who may pull a custom image; the password by reference, such as `env:REGISTRY_PASSWORD`."""

    username: str
    password: str | None = None


@dataclass(frozen=True, kw_only=True)
class HfPrivateLinkSpec:
    """The AWS account that reaches the endpoint, and the region of its entry point."""

    account_id: str
    region: Literal["us-east-1", "eu-west-1"]


@dataclass(frozen=True, kw_only=True)
class HfScalingSpec:
    """How many replicas; what is None is left to the API."""

    min_replica: int = 1
    """0 allows a scale to zero."""
    max_replica: int = 1
    metric: Literal["pendingRequests", "hardwareUsage"] | None = None
    threshold: float | None = None
    """Of the metric, per replica: requests, or percent."""
    scale_to_zero_minutes: int | None = None
    """Without a request; needs `min_replica` 0."""


@dataclass(frozen=True, kw_only=True)
class HfEndpointSpec:
    """One Hugging Face Inference Endpoint; what is None is left to the API."""

    name: str
    """1 to 32 lower-case letters, digits or -."""
    namespace: str
    """The user or organisation that pays."""
    repository: str
    revision: str
    """40 hexadecimal digits."""
    vendor: str
    region: str
    accelerator: str
    instance_type: str
    instance_size: str
    image: HfImageSpec | None = None
    """None: the image that Hugging Face chooses."""
    framework: str | None = None
    """None: `custom` with an image of one's own, else `pytorch`."""
    task: str | None = None
    command: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    secrets: Mapping[str, str] = field(default_factory=dict[str, str])
    """Variable -> reference: `env:<variable>`, or `config:<name>` (the program has the value)."""
    registry: HfRegistrySpec | None = None
    scaling: HfScalingSpec = HfScalingSpec()
    type: Literal["public", "authenticated", "private"] = "authenticated"
    private_link: HfPrivateLinkSpec | None = None
    domain: str | None = None
    path: str | None = None
    cache_http_responses: bool | None = None
    tags: tuple[str, ...] = ()
    state: Literal["running", "paused", "scaledToZero"] | None = None
    """None: whoever pauses or resumes it may do so."""
    ready_timeout_minutes: int = 30
