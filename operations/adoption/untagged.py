"""Objects that bear no tags are found in the one that they are a part of."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any, Protocol


class Asked(Protocol):
    """The clients of AWS's services in the region of the object."""

    def __call__(self, service: str) -> Any: ...


def part_of_another(kind: str, inputs: Mapping[str, Any], client: Asked) -> str | None:
    """Its id for the state; None where it was not made, or is of no kind that is looked for.

    Whatever else has no tags is put, not created: doing it twice changes nothing.
    """
    find = _FINDERS.get(kind)
    return find(inputs, client) if find else None


def _route(inputs: Mapping[str, Any], client: Asked) -> str | None:
    """As the provider makes its id: of the table, and a checksum of the destination."""
    target = inputs.get("destinationCidrBlock")
    for route in _table(inputs, client)["Routes"]:
        if target and route.get("DestinationCidrBlock") == target:
            return f"r-{inputs['routeTableId']}{zlib.crc32(str(target).encode())}"
    return None


def _association(inputs: Mapping[str, Any], client: Asked) -> str | None:
    for association in _table(inputs, client)["Associations"]:
        if association.get("SubnetId") == inputs.get("subnetId"):
            return str(association["RouteTableAssociationId"])
    return None


def _table(inputs: Mapping[str, Any], client: Asked) -> Mapping[str, Any]:
    reply = client("ec2").describe_route_tables(RouteTableIds=[inputs["routeTableId"]])
    return reply["RouteTables"][0]


def _cache_rule(inputs: Mapping[str, Any], client: Asked) -> str | None:
    prefix = inputs["ecrRepositoryPrefix"]
    ecr = client("ecr")
    try:
        ecr.describe_pull_through_cache_rules(ecrRepositoryPrefixes=[prefix])
    except ecr.exceptions.PullThroughCacheRuleNotFoundException:
        return None
    return str(prefix)


def _cache_template(inputs: Mapping[str, Any], client: Asked) -> str | None:
    prefix = inputs["prefix"]
    ecr = client("ecr")
    try:
        found = ecr.describe_repository_creation_templates(prefixes=[prefix])
    except ecr.exceptions.TemplateNotFoundException:
        return None
    return str(prefix) if found["repositoryCreationTemplates"] else None


def _record(inputs: Mapping[str, Any], client: Asked) -> str | None:
    """Only one that leads where ours leads: another may have the name."""
    zone, name, kind = (str(inputs[key]) for key in ("zoneId", "name", "type"))
    reply = client("route53").list_resource_record_sets(
        HostedZoneId=zone, StartRecordName=name, StartRecordType=kind, MaxItems="1"
    )
    wanted = {_host(alias["name"]) for alias in inputs.get("aliases") or ()}
    for found in reply["ResourceRecordSets"]:
        same = (_host(found["Name"]), found["Type"]) == (_host(name), kind)
        if same and _host(found.get("AliasTarget", {}).get("DNSName", "")) in wanted:
            return f"{zone}_{name}_{kind}"
    return None


def _host(name: str) -> str:
    return name.rstrip(".").lower().removeprefix("dualstack.")


_FINDERS: Mapping[str, Callable[[Mapping[str, Any], Asked], str | None]] = {
    "aws:ec2/route:Route": _route,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": _association,
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": _cache_rule,
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": _cache_template,
    "aws:route53/record:Record": _record,
}
