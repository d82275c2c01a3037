"""Section `images`: where images come from and where they go."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.image_names import ImageName
from planning.settings.base import Flag, Section, worded

Place = Annotated[
    str,
    worded(
        r"^[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*){0,16}$",
        "a registry, maybe with a path, such as registry.example.com/team",
    ),
]
PinnedImage = Annotated[
    str,
    worded(
        r"^[a-z0-9][A-Za-z0-9./:_-]{0,255}@sha256:[0-9a-f]{64}$",
        "an image by digest, such as docker.io/envoyproxy/envoy@sha256:<64 hexadecimal digits>",
    ),
]
SecretName = Annotated[
    str,
    worded("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", "lower-case letters, digits, - or ."),
]
BuilderName = Annotated[
    str, worded(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$", "the name of a buildx builder")
]


class Overrides(Section):
    """Images in place of the catalog's, by digest; what a plan does not need is not looked at."""

    onnx: PinnedImage | None = None
    """Holds server and model: nothing is built then."""
    python: PinnedImage | None = None
    """What the image of `onnx` is built on."""
    envoy: PinnedImage | None = None
    """The gateway."""
    ratelimit: PinnedImage | None = None
    """Envoy's rate limit service, for `access.requestsPerMinute`."""
    redis: PinnedImage | None = None
    """What the rate limit service counts in."""
    endpoint_picker: PinnedImage | None = Field(default=None, alias="endpoint-picker")
    """What chooses replicas, for `gateway.routing: prefix-aware`."""
    vllm: PinnedImage | None = None
    """The engine `vllm`."""
    triton: PinnedImage | None = None
    """The engine `triton`."""
    tensorrt_llm: PinnedImage | None = Field(default=None, alias="tensorrt-llm")
    """The engine `tensorrt-llm`."""

    def named(self, name: ImageName) -> str | None:
        image: str | None = getattr(self, name.replace("-", "_"))
        return image


class Images(Section):
    """Where images come from and where they go."""

    registry: Place | None = None
    """Where `up` pushes what it builds, and the cluster pulls it. Needed where it builds."""
    mirror: Place | None = None
    """Holds the upstream images under their own paths, in place of their registries."""
    overrides: Overrides = Overrides.model_construct()
    """Images in place of the catalog's."""
    weights: PinnedImage | None = None
    """Image that holds the model's files at its root; with `start.weights: image-volume` only."""
    pull_secret: SecretName | None = None
    """A Secret of the namespace with which nodes pull every image. Left out: they need none, or
    know how."""
    build: Flag = True
    """Build the image that this project has a Dockerfile for. `false`: the image must be named."""
    builder: BuilderName | None = None
    """A buildx builder. Left out: the one that is current."""
    cache: Flag = True
    """Keep the layers' cache in the registry, so that another machine builds fast too."""
    platform: Literal["linux/amd64", "linux/arm64"] = "linux/amd64"
    """Of the nodes."""
