"""Where a half-made object is: asked of AWS by its tags, or by what it is a part of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from operations.adoption.half_made import HalfMade
from operations.adoption.ids import id_of, last_part
from operations.adoption.untagged import part_of_another

_OF_IAM = {
    "aws:iam/role:Role": "Role",
    "aws:iam/instanceProfile:InstanceProfile": "InstanceProfile",
}
Clients = Callable[[str, str], Any]
"""A client by service and region (empty: the environment's)."""


class AmbiguousError(Exception):
    """Two objects bear the tags of one."""


def found(clients: Clients, half: HalfMade) -> str | None:
    """Its id for the state; None where it was not made. Raises AmbiguousError."""
    inputs: Mapping[str, Any] = half.resource.get("inputs", {})
    if not half.tags:
        part = part_of_another(half.type, inputs, lambda service: clients(service, half.region))
        return None if part in half.replaced else part
    arns = _of_iam(clients, half) if half.type in _OF_IAM else _tagged(clients, half)
    made = [arn for arn in arns if not {arn, last_part(arn)} & half.replaced]
    if len(made) > 1:
        raise AmbiguousError(f"{' and '.join(made)} have the tags of {half.urn}: delete one")
    return id_of(half.type, made[0], inputs) if made else None


def _tagged(clients: Clients, half: HalfMade) -> list[str]:
    client = clients("resourcegroupstaggingapi", half.region)
    filters = [{"Key": key, "Values": [value]} for key, value in half.tags.items()]
    pages = client.get_paginator("get_resources").paginate(TagFilters=filters)
    return [row["ResourceARN"] for page in pages for row in page["ResourceTagMappingList"]]


def _of_iam(clients: Clients, half: HalfMade) -> list[str]:
    """The tagging API has none; the name was chosen before the call, and the tags must agree."""
    kind = _OF_IAM[half.type]
    iam = clients("iam", half.region)
    ask = iam.get_role if kind == "Role" else iam.get_instance_profile
    name = str(half.resource["inputs"]["name"])
    try:
        made = ask(**{f"{kind}Name": name})[kind]
    except iam.exceptions.NoSuchEntityException:
        return []
    tags = {tag["Key"]: tag["Value"] for tag in made.get("Tags", ())}
    return [made["Arn"]] if half.tags.items() <= tags.items() else []
