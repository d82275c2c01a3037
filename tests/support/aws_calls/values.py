"""Values of Pulumi's inputs in the shapes of botocore's own models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

_WORDS = {("AliasTarget", "name"): "DNSName", ("AliasTarget", "zoneId"): "HostedZoneId"}
"""Keys inside a block that Pulumi's provider calls by other words."""


class NotInModelError(ValueError):
    """A key or a value that AWS's own model does not have."""


def at(shape: Any, path: list[str]) -> Any:
    """The shape at `path`; a step that ends in `[]` is inside a list."""
    for step in path:
        shape = member(shape, step.removesuffix("[]"))[1]
        if step.endswith("[]"):
            shape = shape.member
    return shape


def member(shape: Any, key: str) -> tuple[str, Any]:
    """Name and shape of the member that `key` means: case and number do not count."""
    if shape.type_name == "map":
        return _text(shape.key, key), shape.value
    key = _WORDS.get((shape.name, key), key)
    for name, inner in shape.members.items():
        if _same(name, key):
            return name, inner
    raise NotInModelError(f"{shape.name} has no {key}")


def converted(shape: Any, value: Any) -> Any:
    """Raises NotInModelError by name."""
    kind = shape.type_name
    if kind == "list" and shape.member.name.startswith("Tag") and isinstance(value, dict):
        return tag_list(shape, cast(Mapping[str, str], value))
    if kind == "structure":
        return _structure(shape, value)
    if kind == "list":
        listed = cast(list[Any], value) if isinstance(value, list) else [value]
        return [converted(shape.member, one) for one in listed]
    if kind == "map":
        return {key: converted(shape.value, one) for key, one in value.items()}
    if kind == "boolean":
        return {"true": True, "false": False}.get(value, value)
    if kind in ("integer", "long"):
        return int(value)
    return _text(shape, value)


def _structure(shape: Any, value: Any) -> Any:
    if isinstance(value, list):
        (value,) = cast(list[Any], value)
    if value is True:
        return {}
    made: dict[str, Any] = {}
    for key, one in cast(Mapping[str, Any], value).items():
        name, inner = member(shape, key)
        made[name] = converted(inner, one)
    return made


def tag_list(shape: Any, tags: Mapping[str, str]) -> list[dict[str, str]]:
    """AWS's services call the two differently."""
    names = list(shape.member.members)
    key, value = (next(one for one in names if end in one) for end in ("Key", "Value"))
    return [{key: name, value: said} for name, said in tags.items()]


def _text(shape: Any, value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    known = getattr(shape, "enum", ())
    if known and text not in known:
        raise NotInModelError(f"{shape.name} has no {text!r}")
    return text


def _same(one: str, other: str) -> bool:
    first, second = one.lower(), other.lower()
    return first == second or first.rstrip("s") == second.rstrip("s")
