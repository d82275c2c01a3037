"""Specs of the components of AWS, small and complete; tests change what they are about."""

from __future__ import annotations

from components.specs.aws import IdentitySpec, NetworkSpec, ZoneSpec

TAGS = {"slipway.dev/project": "slipway", "slipway.dev/stack": "test"}
IDENTITY = IdentitySpec(pods=(), permissions_boundary=None, path="/slipway/")
NETWORK = NetworkSpec(
    existing=None,
    cidr="10.0.0.0/16",
    zones=(
        ZoneSpec(name="us-east-1a", private_cidr="10.0.0.0/18", public_cidr="10.0.192.0/22"),
        ZoneSpec(name="us-east-1b", private_cidr="10.0.64.0/18", public_cidr="10.0.196.0/22"),
    ),
    nat="single",
    interface_endpoints=("ecr.api", "sts"),
    s3_endpoint=True,
    flow_log_days=30,
)
