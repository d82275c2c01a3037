"""An endpoint as the API describes it -> the same values as a program declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from components.huggingface.images import IMAGES, MANAGED
from components.huggingface.names import Tags

Raw = Mapping[str, Any]
"""An endpoint as the API describes it. May hold secrets: never store or show it whole."""

_DEFAULTS: Final[Mapping[str, Any]] = {
    "task": None,
    "command": [],
    "args": [],
    "env": {},
    "tags": [],
    "secrets": {},
    "scalingMetric": None,
    "scalingThreshold": None,
    "scaleToZeroTimeout": None,
    "domain": None,
    "path": None,
    "cacheHttpResponses": False,
    "image": None,
    "privateLink": None,
}
"""What an endpoint has where nothing is declared."""
BROKEN: Final = frozenset({"failed", "updateFailed"})
"""States that nobody declares."""
MANAGED_WHOLE: Final = frozenset({"command", "args", "env", "tags"})
"""Compared even where nothing is declared: then they must be empty."""


def everything(raw: Raw) -> dict[str, Any]:
    """All that a declaration could say about this endpoint, without what is default anyway."""
    found = {name: read(raw) for name, read in _READERS.items()}
    found["image"] = _image(raw)
    return {
        name: value
        for name, value in found.items()
        if name not in _DEFAULTS or value not in (None, _DEFAULTS[name])
    }


def declared_part(raw: Raw, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The endpoint's values for what `inputs` declare, and for what must then be empty.

    What a program does not declare, the API chooses and may change: that is no drift.
    """
    found = {
        name: read(raw)
        for name, read in _READERS.items()
        if name in inputs or (name in MANAGED_WHOLE and read(raw))
    }
    image = _image(raw) or {"variant": MANAGED}
    wanted = inputs.get("image", {"variant": MANAGED})
    if "image" in inputs or image["variant"] != MANAGED:
        same = image["variant"] == wanted["variant"]
        # Ports and routes that the API filled in are its own.
        found["image"] = (
            {name: image.get(name) for name in wanted if image.get(name) is not None}
            if same
            else image
        )
    return {name: value for name, value in found.items() if value is not None}


def state_of(raw: Raw) -> str:
    """`pending`, `running`, …: the API's own word."""
    return str(raw["status"]["state"])


def sleeps(raw: Raw) -> bool:
    """Whether scaling to zero is its own policy."""
    return _scaling("minReplica")(raw) == 0


def domain_of(raw: Raw) -> str | None:
    found: str | None = _route("domain")(raw)
    return found


def url_of(raw: Raw) -> str | None:
    found = raw["status"].get("url")
    return str(found) if found else None


def created_at(raw: Raw) -> str:
    """When this very endpoint was made; another one of the same name has another time."""
    return str(raw["status"]["createdAt"])


def tags_of(raw: Raw) -> Tags:
    return Tags(raw.get("tags") or ())


def secret_names(raw: Raw) -> list[str] | None:
    """Names of the container's secrets; None where the API does not tell them."""
    return sorted(_part(raw["model"], "secrets")) if "secrets" in raw["model"] else None


def _part(whole: Raw, name: str) -> Mapping[str, Any]:
    """A section; empty where the API leaves it out or says null."""
    return whole.get(name) or {}


def _compute(name: str) -> Callable[[Raw], Any]:
    return lambda raw: raw["compute"].get(name)


def _scaling(name: str) -> Callable[[Raw], Any]:
    return lambda raw: _part(raw["compute"], "scaling").get(name)


def _model(name: str) -> Callable[[Raw], Any]:
    return lambda raw: raw["model"].get(name)


def _route(name: str) -> Callable[[Raw], Any]:
    return lambda raw: _part(raw, "route").get(name)


def _measure(raw: Raw) -> tuple[str | None, Any]:
    found = _part(_part(raw["compute"], "scaling"), "measure")
    return next(((metric, at) for metric, at in found.items()), (None, None))


def _private_link(raw: Raw) -> dict[str, str] | None:
    found = _part(raw, "privateService")
    if "accountId" not in found:
        return None
    return {"accountId": str(found["accountId"]), "region": str(found["region"])}


def _image(raw: Raw) -> dict[str, Any] | None:
    """None for the managed image. Credentials come back redacted, so they are left out."""
    found = _part(raw["model"], "image")
    variant = next(iter(found), MANAGED)
    if variant == MANAGED:
        return None
    settings = _part(found, variant)
    declared = IMAGES.get(variant, {})
    return {
        "variant": variant,
        **{k: v for k, v in settings.items() if k in declared and v is not None},
    }


_READERS: Final[Mapping[str, Callable[[Raw], Any]]] = {
    "repository": _model("repository"),
    "revision": _model("revision"),
    "framework": _model("framework"),
    "task": _model("task"),
    "command": lambda raw: list(raw["model"].get("command") or []),
    "args": lambda raw: list(raw["model"].get("args") or []),
    "env": lambda raw: dict(raw["model"].get("env") or {}),
    "accelerator": _compute("accelerator"),
    "instanceType": _compute("instanceType"),
    "instanceSize": _compute("instanceSize"),
    "minReplica": _scaling("minReplica"),
    "maxReplica": _scaling("maxReplica"),
    "scaleToZeroTimeout": _scaling("scaleToZeroTimeout"),
    "scalingMetric": lambda raw: _measure(raw)[0],
    "scalingThreshold": lambda raw: _measure(raw)[1],
    "vendor": lambda raw: raw["provider"].get("vendor"),
    "region": lambda raw: raw["provider"].get("region"),
    "type": lambda raw: raw.get("type"),
    "privateLink": _private_link,
    "domain": _route("domain"),
    "path": _route("path"),
    "cacheHttpResponses": lambda raw: bool(raw.get("cacheHttpResponses")),
    "tags": lambda raw: list(tags_of(raw).user),
}
