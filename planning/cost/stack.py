"""Resources of one state together, for those whose price is told by others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from planning.catalog import Catalog
from planning.cost.resource import Resource


@dataclass(frozen=True, kw_only=True)
class Stack:
    resources: tuple[Resource, ...]
    catalog: Catalog
    today: str
    """ISO date: decides which Kubernetes is in extended support."""

    def made_from(self, resource: Resource, field: str, value: Any, kind: str) -> Resource | None:
        """The resource of that type that the field names: an id is often not known yet."""
        sources = resource.depends.get(field, ())
        found = [one for one in self.of_type(kind) if one.urn in sources]
        found = found or [one for one in self.of_type(kind) if one.id and one.id == value]
        return found[0] if len(found) == 1 else None

    def of_type(self, kind: str) -> list[Resource]:
        return self._by_type.get(kind, [])

    def objects(self, kind: str, name: Any) -> Iterator[Resource]:
        """Kubernetes objects of that kind and name, in whatever API version."""
        for type_, resources in self._by_type.items():
            if type_.startswith("kubernetes:") and type_.endswith(f":{kind}"):
                yield from (one for one in resources if object_name(one) == name)

    @cached_property
    def _by_type(self) -> dict[str, list[Resource]]:
        return _grouped(self.resources)


def object_name(resource: Resource) -> Any:
    return resource.inputs.get("metadata", {}).get("name")


def _grouped(resources: Iterable[Resource]) -> dict[str, list[Resource]]:
    groups: dict[str, list[Resource]] = {}
    for one in resources:
        groups.setdefault(one.type, []).append(one)
    return groups
