"""What a killed run had begun to make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from operations.orphans.tagged import NAME, STACK


@dataclass(frozen=True)
class HalfMade:
    """A create that has no end in the state."""

    resource: Mapping[str, Any]
    """As the state would hold it, without an id."""
    region: str
    """Empty: the environment's."""
    replaced: frozenset[str] = frozenset()
    """Ids and ARNs of what it replaces, which has the same tags and is no second one."""

    @property
    def type(self) -> str:
        return str(self.resource["type"])

    @property
    def urn(self) -> str:
        return str(self.resource["urn"])

    @property
    def tags(self) -> dict[str, str]:
        """Those by which it is found; empty for what bears none."""
        tags: dict[str, str] = self.resource.get("inputs", {}).get("tags") or {}
        wanted = {key: tags[key] for key in (*STACK, NAME) if key in tags}
        return wanted if len(wanted) == 3 else {}


def half_made(deployment: Mapping[str, Any]) -> Iterator[HalfMade]:
    """Those of AWS."""
    resources: list[dict[str, Any]] = deployment.get("resources") or []
    pending: list[dict[str, Any]] = deployment.get("pending_operations") or []
    regions = {
        f"{each['urn']}::{each.get('id', '')}": str(each.get("inputs", {}).get("region", ""))
        for each in resources
        if each["type"] == "pulumi:providers:aws"
    }
    for operation in pending:
        resource: dict[str, Any] = operation["resource"]
        if operation["type"] != "creating" or not resource["type"].startswith("aws:"):
            continue
        region = resource.get("inputs", {}).get("region")
        yield HalfMade(
            resource,
            region or regions.get(resource.get("provider", ""), ""),
            frozenset(name for each in resources for name in _names(each, resource["urn"])),
        )


def _names(resource: Mapping[str, Any], urn: str) -> Iterator[str]:
    """Id and ARNs of a resource of the state, if it has this URN."""
    if resource["urn"] == urn:
        yield str(resource.get("id", ""))
        outputs: Mapping[str, Any] = resource.get("outputs", {})
        yield from (str(value) for key, value in outputs.items() if key.lower().endswith("arn"))
