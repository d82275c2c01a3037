"""When something was made, and what it costs: asked of its own service, where that says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from operations.orphans.beside import Clients
from operations.orphans.found import Found
from planning.catalog import Catalog
from planning.month import HOURS


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """How a kind is described."""

    service: str
    call: str
    argument: str
    """Takes the id, in a list where it is plural."""
    answer: tuple[str | int, ...]
    """Way to the object in the answer."""
    created: str
    gone: tuple[str, tuple[str, ...]] | None = None
    """Key, and its values for what only waits to disappear, and costs nothing."""


_KINDS: Mapping[str, _Kind] = {
    "ec2:instance": _Kind(
        service="ec2",
        call="describe_instances",
        argument="InstanceIds",
        answer=("Reservations", 0, "Instances", 0),
        created="LaunchTime",
        gone=("State.Name", ("terminated",)),
    ),
    "ec2:natgateway": _Kind(
        service="ec2",
        call="describe_nat_gateways",
        argument="NatGatewayIds",
        answer=("NatGateways", 0),
        created="CreateTime",
        gone=("State", ("deleted",)),
    ),
    "ec2:vpc-endpoint": _Kind(
        service="ec2",
        call="describe_vpc_endpoints",
        argument="VpcEndpointIds",
        answer=("VpcEndpoints", 0),
        created="CreationTimestamp",
        gone=("State", ("deleted",)),
    ),
    "ec2:volume": _Kind(
        service="ec2",
        call="describe_volumes",
        argument="VolumeIds",
        answer=("Volumes", 0),
        created="CreateTime",
    ),
    "eks:cluster": _Kind(
        service="eks",
        call="describe_cluster",
        argument="name",
        answer=("cluster",),
        created="createdAt",
    ),
    "elasticloadbalancing:loadbalancer": _Kind(
        service="elbv2",
        call="describe_load_balancers",
        argument="LoadBalancerArns",
        answer=("LoadBalancers", 0),
        created="CreatedTime",
    ),
    "kms:key": _Kind(
        service="kms",
        call="describe_key",
        argument="KeyId",
        answer=("KeyMetadata",),
        created="CreationDate",
        gone=("KeyState", ("PendingDeletion",)),
    ),
    "secretsmanager:secret": _Kind(
        service="secretsmanager",
        call="describe_secret",
        argument="SecretId",
        answer=(),
        created="CreatedDate",
    ),
}


def described(clients: Clients, found: Found) -> Mapping[str, Any] | None:
    """Empty where nothing is asked of this kind; None: the tagging API shows it, and it is gone."""
    from botocore.exceptions import ClientError

    how = _KINDS.get(found.kind)
    if how is None:
        return {}
    of = found.arn if how.argument.endswith(("Arns", "KeyId", "SecretId")) else found.id
    value = [of] if how.argument.endswith("s") else of
    try:
        answer: Any = getattr(clients(how.service), how.call)(**{how.argument: value})
    except ClientError as error:
        if "NotFound" in str(error.response.get("Error", {}).get("Code")):
            return None
        raise
    for step in how.answer:
        answer = answer[step]
    return None if how.gone and _at(answer, how.gone[0]) in how.gone[1] else answer


def _at(answer: Mapping[str, Any], path: str) -> object:
    at: Any = answer
    for step in path.split("."):
        at = at.get(step)
    return at


def created(kind: str, details: Mapping[str, Any]) -> datetime | None:
    how = _KINDS.get(kind)
    return details.get(how.created) if how else None


def monthly_usd(
    catalog: Catalog, region: str, kind: str, details: Mapping[str, Any]
) -> Decimal | None:
    """Of what has a price by the hour or by its size; None: by use, or the catalog has none."""
    by_hour = {
        "eks:cluster": "eks-cluster",
        "ec2:natgateway": "nat-gateway",
        "elasticloadbalancing:loadbalancer": _balancer(details),
    }
    if kind in by_hour:
        row = catalog.service_prices.get(f"{region}/{by_hour[kind]}")
        return row.value.usd * HOURS if row else None
    if kind == "ec2:vpc-endpoint":
        row = catalog.service_prices.get(f"{region}/interface-endpoint")
        return row.value.usd * HOURS * len(details.get("SubnetIds", ())) if row else None
    if kind == "ec2:volume" and details.get("VolumeType") == "gp3":
        row = catalog.service_prices.get(f"{region}/gp3")
        return row.value.usd * int(details["Size"]) if row else None
    return None


def _balancer(details: Mapping[str, Any]) -> str:
    return "alb" if details.get("Type") == "application" else "nlb"
