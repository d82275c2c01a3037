"""What programs look up: the account, its regions, parameters, networks that stand already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from tests.support.aws_provider.paths import ACCOUNT
from tests.support.aws_provider.store import Store, look, things
from tests.support.aws_provider.values import Values

_VPC = "aws:ec2/vpc:Vpc"
_SUBNET = "aws:ec2/subnet:Subnet"


def invoked(store: Store, region: str, token: str, arguments: Values) -> Values:
    """Raises LookupError where nothing is found, and for a lookup that is not known here."""
    try:
        function = _FUNCTIONS[token]
    except KeyError:
        raise LookupError(f"the AWS of the tests does not know the lookup {token}") from None
    return {**arguments, **function(store, region, arguments)}


def _caller(store: Store, region: str, arguments: Values) -> Values:
    arn = f"arn:aws:iam::{ACCOUNT}:user/tests"
    return {"id": ACCOUNT, "accountId": ACCOUNT, "arn": arn, "userId": "AIDATESTS"}


def _region(store: Store, region: str, arguments: Values) -> Values:
    return {"id": region, "name": region, "region": region, "description": region}


def _partition(store: Store, region: str, arguments: Values) -> Values:
    return {
        "id": "aws",
        "partition": "aws",
        "dnsSuffix": "amazonaws.com",
        "reverseDnsPrefix": "com.amazonaws",
    }


def _zones(store: Store, region: str, arguments: Values) -> Values:
    letters = store.setting("zones", "abc")
    return {
        "id": region,
        "names": [f"{region}{letter}" for letter in letters],
        "zoneIds": [f"use1-az{number + 1}" for number in range(len(letters))],
        "groupNames": [region],
    }


def _parameter(store: Store, region: str, arguments: Values) -> Values:
    """AWS has images under `/aws/service`; a test sets others, as `parameter <name>`."""
    name = arguments["name"]
    image = f"ami-{hashlib.sha256(name.encode()).hexdigest()[:17]}"
    value = store.setting(f"parameter {name}", image if name.startswith("/aws/service/") else "")
    if not value:
        raise LookupError(f"reading SSM Parameter ({name}): couldn't find resource")
    arn = f"arn:aws:ssm:{region}:{ACCOUNT}:parameter{name}"
    text = {"value": value, "insecureValue": value}
    return {"id": name, "arn": arn, "type": "String", "version": 1, **text}


def _vpc(store: Store, region: str, arguments: Values) -> Values:
    return _one(store, _VPC, region, arguments)


def _subnet(store: Store, region: str, arguments: Values) -> Values:
    return _one(store, _SUBNET, region, arguments)


def _subnets(store: Store, region: str, arguments: Values) -> Values:
    with store.open() as connection:
        found = things(connection, type=_SUBNET, region=region)
    wanted = {each["name"]: each["values"] for each in arguments.get("filters") or ()}
    tags = arguments.get("tags") or {}
    ids = [
        each.id
        for each in found
        if tags.items() <= each.tags.items()
        and all(_matches(each.state, name, values) for name, values in wanted.items())
    ]
    return {"id": region, "ids": ids}


def _matches(state: Values, name: str, values: list[str]) -> bool:
    known = {"vpc-id": "vpcId", "availability-zone": "availabilityZone"}
    if name not in known:
        raise LookupError(f"the AWS of the tests does not know the filter {name}")
    return state.get(known[name]) in values


def _one(store: Store, token: str, region: str, arguments: Values) -> Values:
    if not arguments.get("id"):
        raise LookupError(f"the AWS of the tests looks {token} up by id only")
    with store.open() as connection:
        found = look(connection, {"type": token, "id": arguments["id"], "region": region})
    if found is None:
        raise LookupError(f"no matching {token} found: {arguments['id']}")
    return {**found.state, "id": found.id, "tags": found.tags}


def _registry_token(store: Store, region: str, arguments: Values) -> Values:
    address = f"https://{ACCOUNT}.dkr.ecr.{region}.amazonaws.com"
    return {
        "id": region,
        "userName": "AWS",
        "password": "password-of-the-registry",
        "authorizationToken": "token-of-the-registry",
        "proxyEndpoint": address,
        "expiresAt": "2099-01-01T00:00:00Z",
    }


def _zone_of_balancers(store: Store, region: str, arguments: Values) -> Values:
    """The zone that holds the names of network load balancers; one for each region."""
    return {"id": "Z26RNL4JYFTOTI" if region == "us-east-1" else f"Z{region.upper()}"}


def _token(store: Store, region: str, arguments: Values) -> Values:
    return {"id": arguments["name"], "token": store.setting("token", "k8s-aws-v1.tests")}


_FUNCTIONS: dict[str, Callable[[Store, str, Values], dict[str, Any]]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": _caller,
    "aws:index/getRegion:getRegion": _region,
    "aws:index/getPartition:getPartition": _partition,
    "aws:index/getAvailabilityZones:getAvailabilityZones": _zones,
    "aws:ssm/getParameter:getParameter": _parameter,
    "aws:ec2/getVpc:getVpc": _vpc,
    "aws:ec2/getSubnet:getSubnet": _subnet,
    "aws:ec2/getSubnets:getSubnets": _subnets,
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": _registry_token,
    "aws:lb/getHostedZoneId:getHostedZoneId": _zone_of_balancers,
    "aws:eks/getClusterAuth:getClusterAuth": _token,
}
