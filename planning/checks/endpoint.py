"""Rules: what `up` needs of an Inference Endpoint that a plan can do without."""

from __future__ import annotations

from collections.abc import Iterator

from components.specs import HfEndpointSpec
from planning.problems import Problem
from planning.settings import Settings

_PATH = "slipway:huggingFace"


def image_is_developed(settings: Settings) -> Iterator[Problem]:
    image = settings.hugging_face.image
    if image is not None and image.variant == "tgi":
        yield Problem(
            path=f"{_PATH}.image.variant",
            code="engine-in-maintenance",
            got="tgi, which is only maintained any more",
            allowed="vLLM or sGLang, which Hugging Face recommends for new endpoints",
            fixes=("write variant: vLLM, with the url of a vLLM image",),
            severity="warning",
        )


def endpoint_can_be_made(settings: Settings, spec: HfEndpointSpec) -> Iterator[Problem]:
    if not spec.namespace:
        yield Problem(
            path=f"{_PATH}.namespace",
            code="missing-key",
            got="nothing",
            allowed="the user or organisation that pays",
            fixes=(f"pulumi config set --path {_PATH}.namespace <name>",),
        )
    if not spec.region:
        yield Problem(
            path=f"{_PATH}.region",
            code="missing-key",
            got=f"nothing, and {spec.vendor} has no usual region here",
            allowed=f"a region of {spec.vendor}",
            fixes=(f"pulumi config set --path {_PATH}.region <region>",),
        )
    if spec.image is None and spec.accelerator == "cpu":
        yield Problem(
            path=f"{_PATH}.image",
            code="missing-key",
            got="nothing, and no image of the engine onnx is public",
            allowed="an image of images/onnx that you have pushed, with the model it converted",
            fixes=("write huggingFace.image: {variant: custom, url: <image>@sha256:<digest>}",),
        )
    if settings.hugging_face.image is None and spec.image and "@sha256:" not in spec.image.url:
        yield Problem(
            path=f"{_PATH}.image",
            code="unresolved",
            got=f"nothing, and the digest of {spec.image.url} is not resolved here",
            allowed="an image that you name, best by its digest",
            fixes=(
                f"write huggingFace.image: {{variant: {spec.image.variant}, "
                f"url: {spec.image.url.removeprefix('docker.io/')}@sha256:<digest>}}",
            ),
        )
