"""What a resource's inputs were, which the SDK's requests leave out (3.259)."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar

from pulumi.provider.experimental.property_value import PropertyValue

_CURRENT: ContextVar[Mapping[str, PropertyValue]] = ContextVar("old_inputs")


def old_inputs() -> Mapping[str, PropertyValue]:
    """Of the resource that the current diff or update is about."""
    return _CURRENT.get({})


def remember(inputs: Mapping[str, PropertyValue]) -> None:
    """Set them for the current call."""
    _CURRENT.set(inputs)
