"""Pulumi's property values <-> plain JSON values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pulumi.provider.experimental.property_value import PropertyValue, PropertyValueType
from pulumi.runtime import rpc

from providers.plugin.values import UNKNOWN, Unknown, Values


def plain(properties: Mapping[str, PropertyValue]) -> dict[str, Any]:
    """Values without Pulumi's wrapping; what a preview does not know becomes UNKNOWN."""
    return {key: _plain(value) for key, value in properties.items()}


def wrapped(values: Values, secrets: Collection[str]) -> dict[str, PropertyValue]:
    """Property values; those named in `secrets` are marked, so the engine encrypts them."""
    return {
        key: _wrapped(value).with_secret(key in secrets)
        for key, value in values.items()
        if value is not None
    }


def holds_secret(value: PropertyValue) -> bool:
    """Whether the value or a part of it is marked as secret."""
    inner = value.value
    if value.is_secret:
        return True
    if isinstance(inner, Mapping):
        return any(holds_secret(item) for item in inner.values())
    if isinstance(inner, Sequence) and not isinstance(inner, str):
        return any(holds_secret(item) for item in inner)
    return False


def _plain(value: PropertyValue) -> Any:
    if value.type == PropertyValueType.COMPUTED or value.value == rpc.UNKNOWN:
        return UNKNOWN
    inner = value.value
    if isinstance(inner, Mapping):
        return {key: _plain(item) for key, item in inner.items()}
    if isinstance(inner, Sequence) and not isinstance(inner, str):
        return [_plain(item) for item in inner]
    return inner


def _wrapped(value: Any) -> PropertyValue:
    if isinstance(value, Unknown):
        # The SDK cannot send its own Computed (3.259); this text is what stands for it on the wire.
        return PropertyValue(rpc.UNKNOWN)
    if isinstance(value, Mapping):
        return PropertyValue({key: _wrapped(item) for key, item in value.items()})  # pyright: ignore
    if isinstance(value, list | tuple):
        return PropertyValue([_wrapped(item) for item in value])  # pyright: ignore
    if isinstance(value, int) and not isinstance(value, bool):
        return PropertyValue(float(value))
    return PropertyValue(value)
