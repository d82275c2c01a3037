"""A graph of AWS resources in the shape of a plan of Terraform's, which scanners read.

Pulumi's provider is made from Terraform's by rule: names in snake case, a block where a list of one
is meant, the singular for a block that repeats. What is not by rule is a row here. What an object
of Kubernetes tells is what Terraform would read by a data source, and so stands here as that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

Row = Mapping[str, Any]
"""One registration: type, name, custom, inputs."""
_PLURAL_BLOCKS = {
    "block_device_mappings",
    "egress",
    "ingress",
    "network_interfaces",
    "redacted_fields",
    "tag_specifications",
}
_SINGULARS = {"aliases": "alias", "applied_fors": "applied_for"}
_MAPS = {"labels", "tags", "tags_all"}
"""Keys there are data, not names."""


def plan(rows: Iterable[Row]) -> dict[str, Any]:
    """Of the rows that are AWS's; what one has of another is a reference to it."""
    rows = list(rows)
    made = [row for row in rows if row["custom"] and row["type"].startswith("aws:")]
    read = dict(_read(rows))
    values = {_address(row): _values(_with_read(row["inputs"], read)) for row in made}
    known = {value: _address(row) for row in made for value in _identities(row)}
    resources = [
        {
            "address": _address(row),
            "mode": "managed",
            "type": _type(row["type"]),
            "name": _name(row["name"]),
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "values": values[_address(row)],
        }
        for row in made
    ]
    changes = [
        {
            **{key: resource[key] for key in ("address", "mode", "type", "name", "provider_name")},
            "change": {"actions": ["create"], "before": None, "after": resource["values"]},
        }
        for resource in resources
    ]
    configured = [
        {
            **{key: resource[key] for key in ("address", "mode", "type", "name")},
            "provider_config_key": "aws",
            "expressions": _expressions(resource, known),
        }
        for resource in resources
    ]
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": resources}},
        "resource_changes": changes,
        "configuration": {
            "provider_config": {"aws": {"name": "aws"}},
            "root_module": {"resources": configured},
        },
    }


def _read(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """By what mocks answer as the address of a Service's load balancer."""
    for row in rows:
        if row["type"] == "kubernetes:core/v1:Service":
            found = f"data.kubernetes_service.{_name(row['name'])}.load_balancer"
            yield f"{row['name']}.elb.amazonaws.com", found


def _with_read(value: Any, read: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        block = cast(Mapping[str, Any], value)
        return {key: _with_read(one, read) for key, one in block.items()}
    if isinstance(value, list):
        return [_with_read(one, read) for one in cast(list[Any], value)]
    return read.get(value, value) if isinstance(value, str) else value


def _address(row: Row) -> str:
    return f"{_type(row['type'])}.{_name(row['name'])}"


def _type(token: str) -> str:
    """`aws:ec2/subnet:Subnet` -> `aws_subnet`, `aws:eks/cluster:Cluster` -> `aws_eks_cluster`."""
    _, module, _ = token.split(":")
    room, _, kind = module.partition("/")
    return f"aws_{_snake(kind)}" if room == "ec2" else f"aws_{room}_{_snake(kind)}"


def _name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", name)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def _values(inputs: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in inputs.items():
        name = _snake(key)
        if isinstance(value, dict) and name not in _MAPS:
            made[name] = [_values(cast(Mapping[str, Any], value))]
        elif blocks := _blocks(cast(object, value)):
            single = name if name in _PLURAL_BLOCKS else _singular(name)
            made[single] = [_values(block) for block in blocks]
        else:
            made[_SINGULARS.get(name, name)] = value
    return made


def _singular(name: str) -> str:
    return _SINGULARS.get(name) or name.removesuffix("s")


def _blocks(value: object) -> list[Mapping[str, Any]]:
    """Of a list of them; none for anything else."""
    listed = cast(list[Any], value) if isinstance(value, list) else []
    return [one for one in listed if isinstance(one, dict)]


def _identities(row: Row) -> Iterator[str]:
    """By what mocks call an object, others have it among their inputs."""
    name = row["name"]
    yield from (f"{name}-id", f"arn:aws:mock:us-east-1:123456789012:{name}", f"{name}-bucket")
    yield name
    yield f"https://sqs/{name}"
    if isinstance(own := row["inputs"].get("name"), str):
        yield own


def _expressions(resource: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in resource["values"].items():
        targets = [known[one] for one in _strings(value) if known.get(one, "") != ""]
        others = [target for target in targets if target != resource["address"]]
        if others:
            found[key] = {"references": [name for one in others for name in (f"{one}.id", one)]}
    return found


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in cast(list[object], value):
            yield from _strings(one)
