"""Nodes hand out credentials only to those who hold a session token (IMDSv2)."""

from __future__ import annotations

from pulumi_policy import (
    EnforcementLevel,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)

_TYPES = ("aws:ec2/launchTemplate:LaunchTemplate", "aws:ec2/instance:Instance")


def _validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if args.resource_type not in _TYPES:
        return
    tokens = (args.props.get("metadataOptions") or {}).get("httpTokens")
    if tokens != "required":
        report(
            f"{args.name}: metadataOptions.httpTokens is {tokens or 'not set'}; write `required`, "
            "or a request forged through a pod reads the node's credentials"
        )


POLICY = ResourceValidationPolicy(
    name="imdsv2",
    description="Instance metadata asks for a session token",
    validate=_validate,
    enforcement_level=EnforcementLevel.MANDATORY,
)
