"""API keys, before anything is made of them."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi import Output, ResourceOptions

from components import keys as component_keys
from components.specs import KeySpec
from stacks.keys import key_values


def api_keys(keys: Sequence[KeySpec], *, origin: str) -> dict[str, Output[str]]:
    """Secrets by name: Secrets Manager holds them as well as the gateway."""
    given = key_values(keys, origin=origin)
    generated = component_keys.generated_keys("serving", tuple(keys), ResourceOptions())
    return component_keys.key_values(tuple(keys), generated, given)
