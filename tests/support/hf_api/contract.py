"""Routes and fields of the API, as huggingface_hub 2.4.0 uses them."""

from __future__ import annotations

from typing import Any, Final

ROUTES: Final = {
    ("GET", "/v2/endpoint/{namespace}"),
    ("POST", "/v2/endpoint/{namespace}"),
    ("GET", "/v2/endpoint/{namespace}/{name}"),
    ("PUT", "/v2/endpoint/{namespace}/{name}"),
    ("DELETE", "/v2/endpoint/{namespace}/{name}"),
    ("POST", "/v2/endpoint/{namespace}/{name}/pause"),
    ("POST", "/v2/endpoint/{namespace}/{name}/resume"),
    ("POST", "/v2/endpoint/{namespace}/{name}/scale-to-zero"),
    ("GET", "/v2/provider/{namespace}"),
}
"""What the client asks for. The container's log is read through its session only."""

FIELDS: Final = {
    "name",
    "type",
    "tags",
    "cacheHttpResponses",
    "provider.region",
    "provider.vendor",
    "privateService.accountId",
    "privateService.region",
    "route.domain",
    "route.path",
    "compute.accelerator",
    "compute.instanceSize",
    "compute.instanceType",
    "compute.scaling.maxReplica",
    "compute.scaling.minReplica",
    "compute.scaling.scaleToZeroTimeout",
    "compute.scaling.measure",
    "model.framework",
    "model.repository",
    "model.revision",
    "model.task",
    "model.command",
    "model.args",
    "model.env",
    "model.secrets",
    "model.image",
}
"""Leaves of a request's body; `measure`, `env`, `secrets` and `image` have keys of their own."""

CREATE_ONLY: Final = {
    "name",
    "type",
    "provider.region",
    "provider.vendor",
    "privateService.accountId",
    "privateService.region",
}

_CONTAINER: Final = {"url", "port", "healthRoute"}
IMAGE_FIELDS: Final = {
    "huggingface": set[str](),
    "custom": _CONTAINER | {"credentials"},
    "vLLM": _CONTAINER | {"tensorParallelSize", "dataParallelSize", "maxNumSeqs"},
    "sGLang": _CONTAINER | {"tensorParallelSize"},
    "llamacpp": _CONTAINER | {"modelPath", "ctxSize"},
    "tei": _CONTAINER | {"maxBatchTokens"},
    "tgi": _CONTAINER | {"maxTotalTokens"},
    "tgiNeuron": _CONTAINER,
    "hfServe": _CONTAINER,
    "vLLMNeuron": _CONTAINER,
}


def kept(body: dict[str, Any], dropped: list[str], path: str = "") -> dict[str, Any]:
    """`body` as the API stores it: what it does not declare goes without a word."""
    found: dict[str, Any] = {}
    for name, value in body.items():
        here = f"{path}{name}"
        if here == "model.image":
            found[name] = _image(value, dropped)
        elif here in FIELDS:
            found[name] = value
        elif isinstance(value, dict) and any(field.startswith(f"{here}.") for field in FIELDS):
            found[name] = kept(value, dropped, f"{here}.")
        else:
            dropped.append(here)
    return found


def _image(image: dict[str, Any], dropped: list[str]) -> dict[str, Any]:
    (variant, settings), *_ = image.items()
    declared = IMAGE_FIELDS[variant]
    dropped += [f"model.image.{variant}.{name}" for name in settings if name not in declared]
    return {variant: {name: value for name, value in settings.items() if name in declared}}
