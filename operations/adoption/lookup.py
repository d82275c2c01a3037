"""Where a half-made object is: asked of AWS by its tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from operations.adoption.half_made import HalfMade
from operations.adoption.ids import id_of

Clients = Callable[[str, str], Any]
"""A client by service and region (empty: the environment's)."""


class AmbiguousError(Exception):
    """Two objects bear the tags of one."""


def found(clients: Clients, half: HalfMade) -> str | None:
    """Its id for the state; None where it was not made, or bears no tags.

    Raises AmbiguousError.
    """
    if not half.tags:
        return None
    arns = _roles(clients, half) if half.type == "aws:iam/role:Role" else _tagged(clients, half)
    if len(arns) > 1:
        raise AmbiguousError(f"{' and '.join(arns)} have the tags of {half.urn}: delete one")
    inputs: Mapping[str, Any] = half.resource.get("inputs", {})
    return id_of(half.type, arns[0], inputs) if arns else None


def _tagged(clients: Clients, half: HalfMade) -> list[str]:
    client = clients("resourcegroupstaggingapi", half.region)
    filters = [{"Key": key, "Values": [value]} for key, value in half.tags.items()]
    pages = client.get_paginator("get_resources").paginate(TagFilters=filters)
    return [row["ResourceARN"] for page in pages for row in page["ResourceTagMappingList"]]


def _roles(clients: Clients, half: HalfMade) -> list[str]:
    """The tagging API has none; the name was chosen before the call, and the tags must agree."""
    iam = clients("iam", half.region)
    name = str(half.resource["inputs"]["name"])
    try:
        role = iam.get_role(RoleName=name)["Role"]
    except iam.exceptions.NoSuchEntityException:
        return []
    tags = {tag["Key"]: tag["Value"] for tag in role.get("Tags", ())}
    return [role["Arn"]] if half.tags.items() <= tags.items() else []
