"""What Pulumi's state holds of an endpoint: nothing that changes by itself, and no secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from providers.huggingface.difference import FOUND, SECRET_NAMES
from providers.huggingface.observed import (
    BROKEN,
    Raw,
    created_at,
    declared_part,
    everything,
    secret_names,
    sleeps,
    state_of,
    tags_of,
    url_of,
)
from providers.plugin.session import OperationError


def observed(
    inputs: Mapping[str, Any], raw: Raw, before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the API says of what is declared, and what only it can know."""
    shown = _shown_state(raw, inputs)
    return {
        **declared_part(raw, inputs),
        "name": inputs["name"],
        "namespace": inputs["namespace"],
        **({"state": shown} if shown else {}),
        **_outputs(inputs, raw, before or {}),
    }


def found(namespace: str, raw: Raw) -> tuple[dict[str, Any], dict[str, Any]]:
    """(inputs, state) of an endpoint that nobody has declared yet."""
    inputs = {**everything(raw), "name": str(raw["name"]), "namespace": namespace}
    marked = {**inputs, FOUND: True, SECRET_NAMES: secret_names(raw)}
    return marked, {**inputs, **_outputs(inputs, raw, {})}


def still_ours(raw: Raw, state: Mapping[str, Any]) -> bool:
    """Whether it is the endpoint of the state, and not a later one of the same name."""
    tags, instance, made = tags_of(raw), state.get("instance"), state.get("createdAt")
    if tags.instance and instance:
        return bool(tags.instance == instance)
    return not made or created_at(raw) == made


def split(identifier: str) -> tuple[str, str]:
    """`<namespace>/<name>`; raises OperationError for anything else."""
    namespace, slash, name = identifier.partition("/")
    if not (namespace and slash and name) or "/" in name:
        raise OperationError(f"an endpoint's id is <namespace>/<name>, not {identifier!r}")
    return namespace, name


def _outputs(inputs: Mapping[str, Any], raw: Raw, before: Mapping[str, Any]) -> dict[str, Any]:
    tags = tags_of(raw)
    return {
        "endpointName": str(raw["name"]),
        "url": _public_url(inputs, raw) or before.get("url", ""),
        "createdAt": created_at(raw),
        "generation": tags.generation,
        "instance": tags.instance,
    }


def _public_url(inputs: Mapping[str, Any], raw: Raw) -> str | None:
    """Where clients ask: a declared domain stays the same when the endpoint is replaced."""
    domain, path = inputs.get("domain"), str(inputs.get("path") or "")
    base = f"https://{domain}" if domain else url_of(raw)
    if base is None:
        return None
    base = base.rstrip("/")
    return base if base.endswith(path) else f"{base}{path}"


def _shown_state(raw: Raw, inputs: Mapping[str, Any]) -> str | None:
    """The state in a declaration's words: what its own policy brings about is no drift."""
    state, wanted = state_of(raw), inputs.get("state")
    if state in BROKEN:
        return state
    if wanted is None:
        return None  # not declared: whoever pauses or resumes it may do so
    if state == "paused":
        return state
    if state == "scaledToZero":
        policy = wanted == "scaledToZero" or (wanted == "running" and sleeps(raw))
        return str(wanted) if policy else state
    # A request may have woken one that is declared to sleep.
    return "scaledToZero" if wanted == "scaledToZero" else "running"
