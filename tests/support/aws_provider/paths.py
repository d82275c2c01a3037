"""Values at a path of a resource, and templates filled with them."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

ACCOUNT = "123456789012"


def values_at(path: str, value: Any) -> list[Any]:
    """All that stands at `vpcConfig.subnetIds.*`; `*` is each of a list. Absent: nothing."""
    return [found for found in _walk(path.split(".") if path else [], value) if found is not None]


def filled(template: Any, values: Mapping[str, Any]) -> Any:
    """`template` with `{name}` replaced, nested; see `_Names` for what is made up."""
    if isinstance(template, str):
        return template.format_map(_Names(values))
    if isinstance(template, list):
        return [filled(each, values) for each in template]
    if isinstance(template, dict):
        return {filled(key, values): filled(each, values) for key, each in template.items()}
    return template


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """`first`, with what only `second` has; objects are merged in their turn."""
    result = {key: value for key, value in first.items() if value is not None}
    for key, value in second.items():
        if isinstance(value, Mapping) and isinstance(result.get(key), Mapping):
            result[key] = merged(result[key], value)
        elif key not in result:
            result[key] = value
    return result


class _Names(dict[str, Any]):
    """Properties of the resource, and what AWS thinks of: identifiers, addresses, times."""

    def __missing__(self, key: str) -> Any:
        if key.startswith("hex"):
            return secrets.token_hex(16)[: int(key[3:])]
        match key:
            case "account":
                return ACCOUNT
            case "uuid":
                return str(uuid.uuid4())
            case "octet":
                return secrets.randbelow(200) + 10
            case "now":
                return datetime.now(UTC).isoformat(timespec="seconds")
            case _:
                return ""


def _walk(parts: list[str], value: Any) -> Iterator[Any]:
    if not parts:
        yield value
    elif parts[0] == "*":
        for each in value if isinstance(value, list) else ():
            yield from _walk(parts[1:], each)
    elif isinstance(value, Mapping):
        yield from _walk(parts[1:], value.get(parts[0]))
    elif isinstance(value, list):
        for each in value:
            yield from _walk(parts, each)
