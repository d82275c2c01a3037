"""Images are named by digest: what was tried is what runs, also after a tag has moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)

from planning.cost.resource import UNKNOWN
from policies.values import block, blocks, mappings, plain

_DIGEST = re.compile(r".+@sha256:[0-9a-f]{64}")
_CONTAINERS = ("containers", "initContainers", "ephemeralContainers")
_ENDPOINT = "huggingface:index:InferenceEndpoint"


def _validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
    for where, image in _images(args.resource_type, plain(args.props)):
        if image != UNKNOWN and not _DIGEST.fullmatch(str(image)):
            report(
                f"{args.name}: {where} has the image {image}; write `…@sha256:…`, as tags move",
                args.urn,
            )


def _images(kind: str, props: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What they are of, and their names."""
    if kind == _ENDPOINT:
        # Without one the endpoint has its vendor's own image, which nobody can name.
        url = block(props.get("image")).get("url")
        yield from [("the endpoint", url)] if url else []
    elif kind.startswith("kubernetes:"):
        for one in mappings(props.get("spec")):
            yield from _of_pod(one)


def _of_pod(pod: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key in _CONTAINERS:
        for one in blocks(pod.get(key)):
            if "image" in one:
                yield f"container {one.get('name')}", one["image"]
    for one in blocks(pod.get("volumes")):
        if "image" in one:
            yield f"volume {one.get('name')}", block(one["image"]).get("reference")


POLICY = ResourceValidationPolicy(
    name="image-by-digest",
    description="Images are named by digest",
    validate=_validate,
    enforcement_level=EnforcementLevel.MANDATORY,
)
