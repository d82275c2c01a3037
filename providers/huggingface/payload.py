"""Inputs -> arguments of huggingface_hub's calls."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from components.huggingface.images import CUSTOM, MANAGED
from providers.huggingface.secrets import PASSWORD

PLAIN: Final[Mapping[str, str]] = {
    "repository": "repository",
    "revision": "revision",
    "framework": "framework",
    "task": "task",
    "command": "container_command",
    "args": "container_args",
    "env": "env",
    "accelerator": "accelerator",
    "instanceType": "instance_type",
    "instanceSize": "instance_size",
    "minReplica": "min_replica",
    "maxReplica": "max_replica",
    "scaleToZeroTimeout": "scale_to_zero_timeout",
    "scalingMetric": "scaling_metric",
    "scalingThreshold": "scaling_threshold",
    "domain": "domain",
    "path": "path",
    "cacheHttpResponses": "cache_http_responses",
}
"""Input -> argument, of both calls and without translation."""
CREATE_ONLY: Final[Mapping[str, str]] = {"vendor": "vendor", "region": "region", "type": "type"}
WHOLES: Final[Mapping[str, Any]] = {"command": [], "args": [], "env": {}}
"""What an update sends for a list or map that is no longer declared."""
_WHOLE_NUMBERS: Final = frozenset({"minReplica", "maxReplica", "scaleToZeroTimeout"})


def create_arguments(
    inputs: Mapping[str, Any], tags: Collection[str], secrets: Mapping[str, str]
) -> dict[str, Any]:
    """All of the declaration. `secrets` are the values."""
    arguments = {
        argument: _value(name, inputs[name])
        for name, argument in {**PLAIN, **CREATE_ONLY}.items()
        if name in inputs
    }
    arguments |= {"tags": list(tags), "secrets": _container_secrets(secrets)}
    if "image" in inputs:
        arguments["custom_image"] = image(inputs, {})
    registry = inputs.get("registry")
    if registry:
        arguments["container_registry_username"] = registry["username"]
        arguments["container_registry_password"] = secrets.get(PASSWORD)
    link = inputs.get("privateLink")
    if link:
        arguments["private_link_account_id"] = link["accountId"]
        arguments["private_link_region"] = link["region"]
    return arguments


def update_arguments(
    inputs: Mapping[str, Any],
    changed: Collection[str],
    tags: Collection[str],
    secrets: Mapping[str, str],
) -> dict[str, Any]:
    """Only what `changed` names, and what the API takes only together with it."""
    wanted = set(changed)
    if wanted & {"scalingMetric", "scalingThreshold"}:
        wanted |= {"scalingMetric", "scalingThreshold"}
    arguments = {
        argument: _value(name, inputs[name]) if name in inputs else WHOLES[name]
        for name, argument in PLAIN.items()
        if name in wanted and (name in inputs or name in WHOLES)
    }
    if wanted & {"image", "registry"} and "image" in inputs:
        arguments["custom_image"] = image(inputs, secrets)
    if wanted & {"secrets", "secretFingerprints"}:
        arguments["secrets"] = _container_secrets(secrets)
    return {**arguments, "tags": list(tags)}


def image(inputs: Mapping[str, Any], secrets: Mapping[str, str]) -> dict[str, Any]:
    """`model.image` as a whole, keyed by variant; the API takes it no other way."""
    declared = dict(inputs["image"])
    variant = declared.pop("variant", CUSTOM)
    settings = {name: _number(value) for name, value in declared.items()}
    registry = inputs.get("registry")
    if registry and secrets:
        # An image sent without its credentials would lose them.
        settings["credentials"] = {
            "username": registry["username"],
            **({"password": secrets[PASSWORD]} if PASSWORD in secrets else {}),
        }
    return {variant: settings}


def variant_of(inputs: Mapping[str, Any]) -> str:
    """The engine image that is declared."""
    return str(inputs["image"]["variant"]) if "image" in inputs else MANAGED


def _container_secrets(secrets: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in secrets.items() if name != PASSWORD}


def _value(name: str, value: Any) -> Any:
    # Pulumi knows one kind of number, the API two.
    return int(value) if name in _WHOLE_NUMBERS else value


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
