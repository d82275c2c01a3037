"""What AWS can tag has tags: by them a bill is read, and a stack found whose state is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)

from planning.cost.resource import UNKNOWN
from policies.values import block, plain

TABLE = Path(__file__).with_name("taggable.txt")


@cache
def taggable() -> frozenset[str]:
    """Types of the AWS provider that take `tags`."""
    return frozenset(line for line in TABLE.read_text().splitlines() if line.startswith("aws:"))


def _validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if args.resource_type not in taggable():
        return
    own: Any = plain(args.props).get("tags") or {}
    if own == UNKNOWN:
        return
    tags = {**_default_tags(args), **own}
    required: Iterable[str] = args.get_config().get("required") or ()
    lacking = sorted(set(required) - tags.keys())
    if not tags:
        report(
            f"{args.name}: has no tags; set `tags` on it or `defaultTags` on its provider", args.urn
        )
    elif lacking:
        report(f"{args.name}: lacks the tags {', '.join(lacking)}", args.urn)


def _default_tags(args: ResourceValidationArgs) -> Mapping[str, Any]:
    """The provider hands objects over as JSON text."""
    found: Any = plain(args.provider.props).get("defaultTags") if args.provider else None
    if isinstance(found, str) and found != UNKNOWN:
        found = json.loads(found)
    return block(block(found).get("tags"))


POLICY = ResourceValidationPolicy(
    name="tagged",
    description="Resources of AWS carry tags",
    validate=_validate,
    enforcement_level=EnforcementLevel.MANDATORY,
    config_schema=PolicyConfigSchema(
        properties={
            "required": {
                "type": "array",
                "items": {"type": "string"},
                "description": "keys that every one must have, such as `team`",
                "default": [],
            }
        }
    ),
)
