"""Nodes hand out credentials only to those who hold a session token (IMDSv2)."""

from __future__ import annotations

from pulumi_policy import (
    EnforcementLevel,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)

from planning.cost.resource import UNKNOWN
from policies.values import block, plain

_TYPES = (
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    "aws:ec2/instance:Instance",
)


def _validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if args.resource_type not in _TYPES:
        return
    options = block(plain(args.props).get("metadataOptions"))
    tokens = options.get("httpTokens")
    if tokens not in ("required", UNKNOWN) and options.get("httpEndpoint") != "disabled":
        report(
            f"{args.name}: metadataOptions.httpTokens is {tokens or 'not set'}; write `required`, "
            "or a request forged through a pod reads the node's credentials",
            args.urn,
        )


POLICY = ResourceValidationPolicy(
    name="imdsv2",
    description="Instance metadata asks for a session token",
    validate=_validate,
    enforcement_level=EnforcementLevel.MANDATORY,
)
