"""No policy allows everything, on everything, or to everybody."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)

from components.aws.policies.unscoped import UNSCOPED
from planning.cost.resource import UNKNOWN
from policies.values import block, blocks, listed, plain

_RIGHTS = {
    "aws:iam/policy:Policy",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
}
_GIVEN = ("policyArn", "managedPolicyArns")
_EVERYTHING = "/AdministratorAccess"


def _validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if not args.resource_type.startswith("aws:"):
        return
    props, allowed = plain(args.props), args.get_config().get("unscoped") or ()
    for where, document in _documents(props):
        for statement in blocks(document.get("Statement")):
            if statement.get("Effect") == "Allow":
                rights = args.resource_type in _RIGHTS or where == "inlinePolicies"
                found = _too_much(statement, {*UNSCOPED, *allowed}) if rights else ()
                for what in (*found, *_to_everybody(statement)):
                    report(f"{args.name}: {where} allows {what}", args.urn)
    for key in _GIVEN:
        if any(str(arn).endswith(_EVERYTHING) for arn in listed(props.get(key))):
            report(
                f"{args.name}: {key} is AdministratorAccess; give the rights that are used",
                args.urn,
            )


def _documents(props: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What is known of them, by the input's name."""
    texts = [(key, props.get(key)) for key in ("policy", "assumeRolePolicy")]
    texts += [("inlinePolicies", one.get("policy")) for one in blocks(props.get("inlinePolicies"))]
    for where, text in texts:
        # A policy class of another service is no JSON.
        if isinstance(text, str) and text != UNKNOWN and text.lstrip().startswith("{"):
            yield where, json.loads(text)


def _too_much(statement: Mapping[str, Any], unscoped: set[str]) -> Iterator[str]:
    actions = [str(one) for one in listed(statement.get("Action"))]
    for action in actions:
        if action == "*" or action.endswith(":*"):
            yield f"{action}; name the actions that are used"
    for key in ("NotAction", "NotResource"):
        if key in statement:
            yield f"all but what its {key} names; name what is meant"
    wide = sorted(set(actions) - unscoped)
    if "*" in listed(statement.get("Resource")) and wide and "Condition" not in statement:
        yield f"{', '.join(wide)} on every resource; name the resources"


def _to_everybody(statement: Mapping[str, Any]) -> Iterator[str]:
    principal: Any = statement.get("Principal")
    named = block(principal).get("AWS") if isinstance(principal, dict) else principal
    if "*" in listed(named) and "Condition" not in statement:
        yield "it to everybody; name the principals"


POLICY = ResourceValidationPolicy(
    name="no-wildcard-iam",
    description="Policies name actions, resources and principals",
    validate=_validate,
    enforcement_level=EnforcementLevel.MANDATORY,
    config_schema=PolicyConfigSchema(
        properties={
            "unscoped": {
                "type": "array",
                "items": {"type": "string"},
                "description": "further actions that AWS lets nobody restrict to a resource",
                "default": [],
            }
        }
    ),
)
