"""Properties whose change makes another object only sometimes: the provider's own functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.support.aws_provider.paths import values_at

Sides = tuple[Mapping[str, Any], Mapping[str, Any]]
"""Old and new inputs."""


def replaces(token: str, name: str, sides: Sides) -> bool:
    """Whether the change of the property `name` makes another object."""
    rule = CONDITIONS.get((token, name))
    return rule is not None and rule(*sides)


def _tenancy(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Only from dedicated to default does a VPC change in place."""
    tenancies = [side.get("instanceTenancy") or "default" for side in (old, new)]
    return tenancies != ["dedicated", "default"]


def _private_names(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return new.get("vpcEndpointType") != "Interface"


def _own_address(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return bool(old.get("assignIpv6AddressOnCreation"))


def _encryption(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Envelope encryption cannot be switched off."""
    return bool(old.get("encryptionConfig")) and not new.get("encryptionConfig")


def _node_role(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Auto Mode's nodes: a role that was set changes only with another cluster."""
    first, second = (values_at("computeConfig.nodeRoleArn", side) for side in (old, new))
    return bool(first and second) and first != second


CONDITIONS: dict[tuple[str, str], Callable[[Mapping[str, Any], Mapping[str, Any]], bool]] = {
    ("aws:ec2/vpc:Vpc", "instanceTenancy"): _tenancy,
    ("aws:ec2/subnet:Subnet", "ipv6CidrBlock"): _own_address,
    ("aws:ec2/vpcEndpoint:VpcEndpoint", "privateDnsEnabled"): _private_names,
    ("aws:eks/cluster:Cluster", "encryptionConfig"): _encryption,
    ("aws:eks/cluster:Cluster", "computeConfig"): _node_role,
}
