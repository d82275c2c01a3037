"""A stack file's `huggingFace` section and a chosen hardware -> the endpoint's spec."""

from __future__ import annotations

from collections.abc import Mapping

from components.specs import (
    HfEndpointSpec,
    HfImageSpec,
    HfPrivateLinkSpec,
    HfRegistrySpec,
    HfScalingSpec,
)
from planning.settings.hugging_face import EndpointImage, HuggingFace
from planning.settings.units import Duration

DEFAULT_REGIONS: Mapping[str, str] = {"aws": "us-east-1"}


def endpoint_spec(
    section: HuggingFace,
    *,
    hardware: str,
    accelerator: str,
    repository: str,
    revision: str,
    model_name: str,
    replicas: tuple[int, int],
    image: HfImageSpec | None,
    arguments: tuple[str, ...],
) -> HfEndpointSpec:
    """The spec of an endpoint on `hardware` (`<vendor>/<instance type>/<size>`).

    `image` and `arguments` are the plan's own; the section's image replaces the first, its
    arguments come behind the others. What `up` needs and the section lacks is empty here: see
    planning/checks/endpoint.py.
    """
    vendor, instance_type, instance_size = hardware.split("/")
    scaling, link, registry = section.scaling, section.private_link, section.registry
    return HfEndpointSpec(
        name=section.name or endpoint_name(model_name),
        namespace=section.namespace or "",
        repository=repository,
        revision=revision,
        vendor=vendor,
        region=section.region or DEFAULT_REGIONS.get(vendor, ""),
        accelerator=accelerator,
        instance_type=instance_type,
        instance_size=instance_size,
        image=_image(section.image) if section.image else image,
        task=section.task,
        command=section.command,
        args=(*arguments, *section.args),
        env=section.env,
        secrets=section.secrets,
        registry=registry
        and HfRegistrySpec(username=registry.username, password=registry.password),
        scaling=HfScalingSpec(
            min_replica=replicas[0],
            max_replica=replicas[1],
            metric=scaling.metric,
            threshold=scaling.threshold,
            scale_to_zero_minutes=_minutes(scaling.scale_to_zero_after),
        ),
        type=section.type,
        private_link=link and HfPrivateLinkSpec(account_id=link.account_id, region=link.region),
        domain=section.domain,
        path=section.path,
        cache_http_responses=section.cache_http_responses,
        tags=section.tags,
        state=section.state,
        ready_timeout_minutes=_minutes(section.ready_timeout) or 1,
    )


def endpoint_name(model_name: str) -> str:
    """A valid endpoint name like the model's: lower-case letters, digits and -, at most 32."""
    letters = (c if c.isascii() and c.isalnum() else "-" for c in model_name.lower())
    name = "-".join(filter(None, "".join(letters).split("-")))[:32].strip("-")
    return name or "endpoint"


def _image(image: EndpointImage) -> HfImageSpec:
    given = {"port": image.port, "healthRoute": image.health_route, "modelPath": image.model_path}
    settings = {name: value for name, value in given.items() if value is not None}
    return HfImageSpec(variant=image.variant, url=image.url, settings=settings)


def _minutes(time: Duration | None) -> int | None:
    return int(time.seconds // 60) if time else None
