"""What the Internet can reach asks who is there."""

from __future__ import annotations

from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)

from policies.entrances import Entrance, asks, public_services
from policies.values import plain

_OPEN = {
    "huggingface:index:InferenceEndpoint": (
        "type",
        {"public"},
        "write `authenticated`, which asks for a token, or `private`",
    ),
    "aws:lambda/functionUrl:FunctionUrl": ("authorizationType", {"NONE"}, "write `AWS_IAM`"),
    "aws:apigateway/method:Method": ("authorization", {"NONE"}, "write `AWS_IAM` or `CUSTOM`"),
    "aws:apigatewayv2/route:Route": (
        "authorizationType",
        {"NONE", None},
        "write `AWS_IAM`, `JWT` or `CUSTOM`",
    ),
}
"""Input, values that let everybody in, and what to write."""


def _validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if args.resource_type not in _OPEN:
        return
    key, bad, fix = _OPEN[args.resource_type]
    value = plain(args.props).get(key)
    if value in bad:
        report(
            f"{args.name}: {key} is {value or 'not set'}, so that everybody may ask; {fix}",
            args.urn,
        )


def _validate_entrances(args: StackValidationArgs, report: ReportViolation) -> None:
    objects = [
        Entrance(urn=one.urn, type=one.resource_type, body=plain(one.props))
        for one in args.resources
        if one.resource_type.startswith("kubernetes:")
    ]
    trusted = args.get_config().get("trusted") or ()
    for service in public_services(objects):
        if service.name not in trusted and not asks(service, objects):
            report(
                f"Service {service.name} is reached from outside, and no pod behind it was seen to "
                "ask for a key: lead it to the gateway, give the gateway keys "
                "(slipway:access.keys), or name it in the rule's `trusted`",
                service.urn,
            )


POLICY = ResourceValidationPolicy(
    name="public-endpoint-asks",
    description="A public endpoint asks who is there",
    validate=_validate,
    enforcement_level=EnforcementLevel.MANDATORY,
)
ENTRANCE = StackValidationPolicy(
    name="public-entrance-asks",
    description="A cluster's public entrance asks who is there",
    validate=_validate_entrances,
    enforcement_level=EnforcementLevel.MANDATORY,
    config_schema=PolicyConfigSchema(
        properties={
            "trusted": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Services that ask by means of their own, by name",
                "default": [],
            }
        }
    ),
)
