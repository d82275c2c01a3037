"""Properties as a policy gets them, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from planning.cost.resource import UNKNOWN

_UNKNOWN = {
    UNKNOWN,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
}
"""What stands in a preview for texts, booleans, numbers, lists and objects that `up` will tell."""


def plain(value: Any) -> Any:
    """Without the proxies that refuse to be read where something is not known: that is UNKNOWN."""
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", _target(value))
        return {key: plain(one) for key, one in pairs.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(one) for one in cast("Sequence[Any]", _target(value))]
    return UNKNOWN if isinstance(value, str) and value in _UNKNOWN else value


def block(value: Any) -> Mapping[str, Any]:
    """Empty where it is none, or is not known."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def listed(value: Any) -> list[Any]:
    """IAM and others write one as it is, several as a list."""
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def blocks(value: Any) -> Iterator[Mapping[str, Any]]:
    """Those of a list."""
    return map(block, listed(value))


def mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping in it, at any depth."""
    if isinstance(value, Mapping):
        found = block(cast("Any", value))
        yield found
        for one in found.values():
            yield from mappings(one)
    elif isinstance(value, list):
        for one in cast("list[Any]", value):
            yield from mappings(one)


def _target(value: Any) -> Any:
    """What a proxy of pulumi-policy guards: reading it there raises nothing."""
    return value["__target"] if type(value).__name__ in ("_DictProxy", "_ListProxy") else value
