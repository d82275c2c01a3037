"""All that is wrong with a declaration, at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, cast

from components.huggingface.images import CUSTOM, IMAGES, MANAGED, undeclared
from providers.huggingface import rules
from providers.huggingface.inputs import COMPUTED, HANDED_OVER, OPTIONAL, REQUIRED
from providers.plugin.values import Unknown

Failure = tuple[str, str]
"""(property, reason)."""


def problems(inputs: Mapping[str, Any]) -> list[Failure]:
    """In the order of the inputs; values that a preview does not know are let through."""
    found = [
        *_missing(inputs),
        *_each(inputs),
        *_image(inputs),
        *_registry(inputs),
        *_scaling(inputs),
        *_secrets(inputs),
    ]
    return list(dict.fromkeys(found))


def _missing(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    for name in REQUIRED:
        if name not in inputs:
            yield name, "is missing"


def _each(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    known = {**REQUIRED, **OPTIONAL}
    for name, value in inputs.items():
        if name in COMPUTED or name == HANDED_OVER or isinstance(value, Unknown):
            continue
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            yield name, f"is no input{f'; write {near[0]}' if near else ''}"
        elif said := known[name](value):
            yield name, said


def _image(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    declared = inputs.get("image")
    if declared is None or isinstance(declared, Unknown):
        return
    if not isinstance(declared, Mapping):
        yield "image", "must be a map with `variant`, `url` and what the engine takes"
        return
    settings = dict(cast(Mapping[str, Any], declared))
    variant = settings.pop("variant", None)
    if isinstance(variant, Unknown):
        return
    if variant not in IMAGES or variant == MANAGED:
        allowed = ", ".join(name for name in IMAGES if name != MANAGED)
        yield "image.variant", f"must be one of {allowed}; leave `image` out for the managed one"
        return
    if "url" not in settings:
        yield "image.url", "is missing"
    for name in undeclared(variant, settings):
        takes = ", ".join(IMAGES[variant])
        yield f"image.{name}", f"would be dropped by the API: {variant} takes {takes}"
    for name, value in settings.items():
        wanted = IMAGES[variant].get(name)
        if wanted and not isinstance(value, Unknown) and not _fits(name, value, wanted):
            yield f"image.{name}", f"must be {_WORDS[wanted]}"


def _registry(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    image = inputs.get("image")
    variant = cast(Mapping[str, Any], image).get("variant") if isinstance(image, Mapping) else None
    if "registry" in inputs and variant != CUSTOM and not isinstance(variant, Unknown):
        yield "registry", f"is for images of variant {CUSTOM} only"


def _scaling(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    low, high = inputs.get("minReplica"), inputs.get("maxReplica")
    if rules.is_number(low) and rules.is_number(high) and cast(float, low) > cast(float, high):
        yield "maxReplica", f"must be at least minReplica ({low:g})"
    if rules.is_number(low) and cast(float, low) > 0:
        if "scaleToZeroTimeout" in inputs:
            yield "scaleToZeroTimeout", "needs minReplica: 0"
        if inputs.get("state") == "scaledToZero":
            yield "state", "scaledToZero needs minReplica: 0"
    if "scalingThreshold" in inputs and "scalingMetric" not in inputs:
        yield "scalingThreshold", "would be ignored by the API without scalingMetric"
    threshold = inputs.get("scalingThreshold")
    usage = inputs.get("scalingMetric") == "hardwareUsage"
    if usage and rules.is_number(threshold) and cast(float, threshold) > 100:
        yield "scalingThreshold", "is a percentage for hardwareUsage: at most 100"


def _secrets(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    both = set(rules.names(inputs.get("env"))) & set(rules.names(inputs.get("secrets")))
    for name in sorted(both):
        yield "secrets", f"{name} stands under `env` too"
    for name in sorted(rules.names(inputs.get(HANDED_OVER))):
        if name not in rules.names(inputs.get("secrets")) and name != "registry.password":
            yield HANDED_OVER, f"{name} is not under `secrets`"


_WORDS: dict[type, str] = {str: "text", int: "a whole number from 1", bool: "true or false"}


def _fits(name: str, value: Any, wanted: type) -> bool:
    if wanted is int:
        high = 65535 if name == "port" else 10**9
        return rules.whole(1, high)(value) is None
    if name == "healthRoute":
        return isinstance(value, str) and value.startswith("/")
    return isinstance(value, wanted) and value != ""
