"""A pool that can start accelerators has a maximum: Karpenter starts what is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)

from policies.values import block, blocks, listed, plain

_NODE_POOL = re.compile(r"kubernetes:karpenter\.sh/\w+:NodePool")
_CHOOSES = (
    "node.kubernetes.io/instance-type",
    "karpenter.k8s.aws/instance-family",
    "karpenter.k8s.aws/instance-category",
    "eks.amazonaws.com/instance-family",
    "eks.amazonaws.com/instance-category",
)
_ACCELERATED = re.compile(r"(g|gr|p|dl|inf|trn)(\d|$)")
"""How AWS names types, families and categories that have GPUs or accelerators of its own."""


def _validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if not _NODE_POOL.fullmatch(args.resource_type):
        return
    spec = block(plain(args.props).get("spec"))
    if _may_have_accelerators(spec) and not spec.get("limits"):
        report(
            f"{args.name}: a NodePool that may start GPUs has no spec.limits; write "
            '`{"nvidia.com/gpu": N}` or `{nodes: N}`, or nothing bounds the month',
            args.urn,
        )


def _may_have_accelerators(spec: Mapping[str, Any]) -> bool:
    """Unless it says which instances it has, and none of them is one."""
    requirements = block(block(spec.get("template")).get("spec")).get("requirements")
    chosen = [
        listed(one.get("values"))
        for one in blocks(requirements)
        if one.get("key") in _CHOOSES and one.get("operator") == "In"
    ]
    return all(any(_ACCELERATED.match(str(value)) for value in values) for values in chosen)


POLICY = ResourceValidationPolicy(
    name="gpu-pool-maximum",
    description="A pool that may start GPUs has a maximum",
    validate=_validate,
    enforcement_level=EnforcementLevel.MANDATORY,
)
