"""An Inference Endpoint as a component of a Pulumi package, for programs in any language."""

# No `annotations` from `__future__`: the analyzer needs types, not their texts.

from typing import NotRequired, TypedDict

import pulumi
from pulumi import Output, ResourceOptions

from components.hf_endpoint import HfEndpoint
from components.specs import HfEndpointSpec, HfImageSpec, HfScalingSpec


class InferenceEndpointArgs(TypedDict):
    """The endpoint; all values are plain, because they decide what is made."""

    namespace: str
    """The user or organisation that pays."""
    repository: str
    """Of the hub."""
    revision: str
    """40 hexadecimal digits."""
    vendor: str
    region: str
    accelerator: str
    """`gpu` or `cpu`."""
    instance_type: str
    instance_size: str
    image_variant: NotRequired[str]
    """Such as `vLLM`, with `image_url`; left out: the image that Hugging Face chooses."""
    image_url: NotRequired[str]
    arguments: NotRequired[list[str]]
    env: NotRequired[dict[str, str]]
    secrets: NotRequired[dict[str, str]]
    """Variable -> reference `env:<variable>`."""
    min_replica: NotRequired[int]
    max_replica: NotRequired[int]
    scale_to_zero_minutes: NotRequired[int]
    endpoint_type: NotRequired[str]
    """`public`, `authenticated` or `private`."""
    domain: NotRequired[str]
    state: NotRequired[str]


class InferenceEndpoint(pulumi.ComponentResource):
    """One endpoint, with all that `HfEndpoint` does on change, failure and kill."""

    url: Output[str]
    """Where it answers."""
    endpoint_name: Output[str]
    """As the API knows it."""

    def __init__(
        self, name: str, args: InferenceEndpointArgs, opts: ResourceOptions | None = None
    ) -> None:
        super().__init__("slipway-endpoint:index:InferenceEndpoint", name, {}, opts)
        endpoint = HfEndpoint(name, endpoint_spec(name, args), opts=ResourceOptions(parent=self))
        self.url, self.endpoint_name = endpoint.url, endpoint.endpoint_name
        self.register_outputs({"url": self.url, "endpoint_name": self.endpoint_name})


def endpoint_spec(name: str, args: InferenceEndpointArgs) -> HfEndpointSpec:
    """Raises pulumi.InputPropertyError for half an image; the provider checks all else."""
    variant, url = args.get("image_variant"), args.get("image_url")
    if (variant is None) != (url is None):
        half = "imageUrl" if url is None else "imageVariant"
        raise pulumi.InputPropertyError(half, "is missing: an image has a variant and an address")
    return HfEndpointSpec(
        name=name,
        namespace=args["namespace"],
        repository=args["repository"],
        revision=args["revision"],
        vendor=args["vendor"],
        region=args["region"],
        accelerator=args["accelerator"],
        instance_type=args["instance_type"],
        instance_size=args["instance_size"],
        image=HfImageSpec(variant=variant, url=url) if variant and url else None,
        args=tuple(args.get("arguments") or ()),
        env=args.get("env") or {},
        secrets=args.get("secrets") or {},
        scaling=HfScalingSpec(
            # Numbers pass the engine as floats.
            min_replica=int(args.get("min_replica", 1)),
            max_replica=int(args.get("max_replica", 1)),
            scale_to_zero_minutes=args.get("scale_to_zero_minutes"),
        ),
        type=args.get("endpoint_type", "authenticated"),  # pyright: ignore[reportArgumentType]
        domain=args.get("domain"),
        state=args.get("state"),  # pyright: ignore[reportArgumentType]
    )
