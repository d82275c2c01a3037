"""A resource as a preview shows it, and what of its inputs is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from planning.cost.line import UnpricedError

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""Stands in a preview for what only `up` will tell, whatever its type."""
SECRET = "[secret]"  # noqa: S105 (how the engine hides one)


@dataclass(frozen=True, kw_only=True)
class Resource:
    urn: str
    type: str
    custom: bool
    """False: a component, which only holds others."""
    inputs: Mapping[str, Any]
    region: str | None
    """Of AWS, as far as the program or the configuration says it."""
    id: str | None = None
    depends: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """By input: URNs of what it is made from."""
    average: Decimal | None = None
    """How many of it there are on average, where something tells the load."""

    @property
    def name(self) -> str:
        return self.urn.rpartition("::")[2]

    def get(self, *path: str | int, default: Any = None) -> Any:
        """The value there, or `default` where there is none. Raises UnpricedError for one that is
        secret or not known yet."""
        return value_at(self.inputs, *path, default=default)


def value_at(value: Any, *path: str | int, default: Any = None) -> Any:
    """As `Resource.get`, of any part of the inputs."""
    where = ".".join(map(str, path))
    for step in path:
        _readable(value, where)
        if isinstance(value, Mapping):
            value = cast("Mapping[str | int, Any]", value).get(step)
        elif isinstance(value, list) and isinstance(step, int):
            parts = cast("list[Any]", value)
            value = parts[step] if step < len(parts) else None
        else:
            value = None
        if value is None:
            return default
    _readable(value, where)
    return value


def count_at(resource: Resource, *path: str | int, default: int | None = None) -> int:
    """A whole number there. Raises UnpricedError where there is none."""
    value = resource.get(*path, default=default)
    return whole(value, ".".join(map(str, path)))


def whole(value: Any, where: str) -> int:
    """Pulumi hands whole numbers over as numbers, AWS takes some as text."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise UnpricedError(f"{where} is not a number") from None
    if number < 0 or number != int(number):
        raise UnpricedError(f"{where} is {number:g}, which is no count")
    return int(number)


def _readable(value: Any, where: str) -> None:
    if value == SECRET:
        raise UnpricedError(f"{where} is secret")
    if value == UNKNOWN:
        raise UnpricedError(f"{where} is not known before `up`")
