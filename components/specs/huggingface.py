"""The `hf-endpoint` target: a Hugging Face Inference Endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from components.specs.gateway import GatewaySpec


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


@dataclass(frozen=True, kw_only=True)
class HfGatewaySpec:
    """A gateway on this machine before the endpoint."""

    gateway: GatewaySpec
    token: str | None
    """Reference of the token that the endpoint is called with: `env:<variable>` or `config:<name>`;
    None: the endpoint is public."""
