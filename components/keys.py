"""API keys of a gateway, whatever runs it: generated once, or given."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi import Input, Output, ResourceOptions

from components.local.resources import ApiKey
from components.specs import KeySpec


def generated_keys(
    name: str, keys: tuple[KeySpec, ...], opts: ResourceOptions
) -> dict[str, ApiKey]:
    """A resource for each key that nobody gives, by name."""
    return {
        key.name: ApiKey(f"{name}-key-{key.name}", opts=opts)
        for key in keys
        if key.source == "generated"
    }


def key_values(
    keys: tuple[KeySpec, ...], generated: Mapping[str, ApiKey], given: Mapping[str, Input[str]]
) -> dict[str, Output[str]]:
    """Secrets by name, in the order of `keys`."""
    return {
        key.name: generated[key.name].value
        if key.name in generated
        else Output.secret(given[key.name])
        for key in keys
    }
