"""What `aws.environment` decides where the stack file says nothing."""

from __future__ import annotations

from typing import Literal

from components.specs.aws import Nat
from planning.settings.aws import Aws

_NAT: dict[str, Nat] = {"none": "none", "single": "single", "perZone": "per-zone"}
_DEV_ZONES, _PROD_ZONES = 2, 3
_LOG_DAYS = {"dev": 7, "prod": 365}
"""A year with `prod`: an attack is often noticed months after it began."""
_FLOW_LOG_DAYS = 365


def is_protected(aws: Aws) -> bool:
    return _prod(aws) if aws.protect is None else aws.protect


def nat(aws: Aws) -> Nat:
    if aws.network.nat is not None:
        return _NAT[aws.network.nat]
    return "per-zone" if _prod(aws) else "single"


def zone_names(aws: Aws) -> tuple[str, ...]:
    """In the stack file's order, or that of the VPC that is there; else the region's first ones."""
    if aws.zones is not None:
        return aws.zones
    if aws.network.vpc is not None:
        return tuple(sorted(aws.network.vpc.private_subnets))
    count = _PROD_ZONES if _prod(aws) else _DEV_ZONES
    return tuple(f"{aws.region}{letter}" for letter in "abc"[:count])


def flow_log_days(aws: Aws) -> int | None:
    stated = aws.network.flow_log_days
    return _FLOW_LOG_DAYS if stated is None and _prod(aws) else stated


def log_days(aws: Aws) -> int:
    return aws.cluster.log_days or _LOG_DAYS[aws.environment]


def edge_kind(aws: Aws) -> Literal["none", "nlb", "alb"]:
    if aws.edge.kind is not None:
        return aws.edge.kind
    return "nlb" if _prod(aws) or aws.edge.model_fields_set else "none"


def edge_is_internal(aws: Aws) -> bool:
    return _prod(aws) if aws.edge.internal is None else aws.edge.internal


def _prod(aws: Aws) -> bool:
    return aws.environment == "prod"
