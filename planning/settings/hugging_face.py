"""Section `huggingFace`: the Inference Endpoint."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from planning.settings.base import Count, Flag, Section, worded
from planning.settings.engine import CatalogName
from planning.settings.limits import between
from planning.settings.units import Duration

_TOKEN = re.compile(r"\b(?:hf|sk|ghp|gho)[-_][A-Za-z0-9]{16}")


def _without_token(text: str) -> str:
    if _TOKEN.search(text):
        raise PydanticCustomError(
            "secret-in-clear", "not understood", {"fixes": ("write it under secrets: env:<name>",)}
        )
    return text


def _not_ours(tag: str) -> str:
    if tag.startswith("slipway-"):
        raise PydanticCustomError("reserved", "not understood")
    return tag


EndpointName = Annotated[
    str,
    worded(r"^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$", "1 to 32 lower-case letters, digits or -"),
]
Namespace = Annotated[
    str, worded(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$", "the name of a user or organisation")
]
RegionName = Annotated[str, worded("^[a-z0-9-]{1,64}$", "a region such as us-east-1")]
Variable = Annotated[
    str, worded("^[A-Za-z_][A-Za-z0-9_]{0,127}$", "the name of a variable", sensitive=True)
]
SecretSource = Annotated[
    str,
    worded(
        "^(env:[A-Za-z_][A-Za-z0-9_]{0,127}|config:[A-Za-z][A-Za-z0-9_-]{0,63})$",
        "env:<variable> or config:<name of a secret>; never the value itself",
        sensitive=True,
    ),
]
EnvText = Annotated[
    str,
    worded(r"^[^\x00]{0,4096}$", "text without a token in it", sensitive=True),
    AfterValidator(_without_token),
]
ImageUrl = Annotated[str, worded(r"^[^\s]{1,512}$", "an image with tag or digest")]
Route = Annotated[str, worded(r"^/[A-Za-z0-9._~/-]{0,255}$", "a path that begins with /")]
Domain = Annotated[
    str,
    worded(r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$", "a host name"),
]
Tag = Annotated[
    str,
    worded(r"^[^\x00-\x1f]{1,100}$", "a tag that does not begin with slipway-"),
    AfterValidator(_not_ours),
]
Word = Annotated[str, worded("^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$", "letters, digits, . _ or -")]
AccountId = Annotated[str, worded("^[0-9]{12}$", "the 12 digits of an AWS account, in quotes")]


class EndpointImage(Section):
    """The engine image; left out, the plan's own for its engine."""

    variant: Literal["vLLM", "sGLang", "llamacpp", "tei", "tgi", "custom"] = "vLLM"
    """What Hugging Face calls the engine. A change makes a new endpoint and removes the old."""
    url: ImageUrl
    """The image, by tag or digest."""
    port: Annotated[Count, Field(le=65535)] | None = None
    """Where the container listens."""
    health_route: Route | None = None
    """Answers 200 when the container is ready. Left out: `/health`."""
    model_path: Annotated[str, worded("^[^\x00]{1,512}$", "a GGUF file's path")] | None = None
    """The GGUF file in the repository (`llamacpp` only)."""


class Registry(Section):
    """Who may pull a custom image."""

    username: Word
    """Name at the registry."""
    password: SecretSource | None = None
    """Where the password is found."""


class PrivateLink(Section):
    """The AWS account that reaches the endpoint without the internet."""

    account_id: AccountId
    """The account that owns the VPC."""
    region: Literal["us-east-1", "eu-west-1"]
    """Where the VPC's entry point is."""


class EndpointScaling(Section):
    """When replicas are added and when the last one goes; how many is `scaling.replicas`."""

    metric: Literal["pendingRequests", "hardwareUsage"] | None = None
    """What is watched. Left out: the service's own choice."""
    threshold: Annotated[float, Field(strict=True, gt=0, le=100_000)] | None = None
    """Above it a replica is added: requests per replica, or percent. Needs `metric`."""
    scale_to_zero_after: Annotated[Duration, between("1m", "7h")] | None = None
    """Whole minutes without a request; needs `scaling.replicas` from 0, such as `0..2`."""


class LocalGateway(Section):
    """A gateway on this machine before the endpoint, with the keys and limits of `access`."""

    token: SecretSource | None = None
    """Where the token is found that the gateway calls the endpoint with; clients never see it. Left
    out: `env:HF_TOKEN`, and none where `type` is `public`."""


class HuggingFace(Section):
    """The Inference Endpoint; vendor, instance and size are those of `hardware`."""

    hardware: CatalogName | None = None
    """A size of the catalog, such as `aws/nvidia-l4/x1`. Left out: the cheapest that fits."""
    namespace: Namespace | None = None
    """The user or organisation that owns and pays for it; `up` needs it."""
    name: EndpointName | None = None
    """Its name. Left out: the model's, shortened."""
    region: RegionName | None = None
    """Where it runs. Left out: `us-east-1` on aws; needed elsewhere."""
    type: Literal["public", "authenticated", "private"] = "authenticated"
    """Who may call it: anybody, anybody with a Hugging Face token, the namespace's members."""
    image: EndpointImage | None = None
    """The engine image. Left out: the plan's engine at the plan's version."""
    local_gateway: LocalGateway | None = None
    """Keys and limits of your own: an Envoy on this machine before the endpoint. Left out: clients
    call the endpoint itself, with tokens of Hugging Face."""
    registry: Registry | None = None
    """Credentials of a custom image's registry."""
    command: Annotated[tuple[EnvText, ...], Field(max_length=64)] = ()
    """In place of the container's entry point."""
    args: Annotated[tuple[EnvText, ...], Field(max_length=128)] = ()
    """Further arguments of the engine, behind the plan's own."""
    env: dict[Variable, EnvText] = Field(default_factory=dict[str, str])
    """Variables of the container; no secrets."""
    secrets: dict[Variable, SecretSource] = Field(default_factory=dict[str, str])
    """Secret variables of the container, by reference."""
    scaling: EndpointScaling = EndpointScaling()
    """When replicas come and go."""
    state: Literal["running", "paused", "scaledToZero"] | None = None
    """Declares it. Left out: whoever pauses or resumes it may do so."""
    domain: Domain | None = None
    """A domain of your own: it stays when the endpoint is replaced."""
    path: Route | None = None
    """Path of the model below the address."""
    private_link: PrivateLink | None = None
    """AWS PrivateLink."""
    task: Word | None = None
    """Left out: the repository's own."""
    cache_http_responses: Flag | None = None
    """Answer equal requests from a cache."""
    tags: Annotated[tuple[Tag, ...], Field(max_length=32)] = ()
    """Labels in the console."""
    ready_timeout: Annotated[Duration, between("1m", "24h")] = Duration(1_800_000)
    """How long a start may take before `up` gives up (the next one goes on waiting)."""
