"""The graph of a whole EKS stack, from its stack file."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from planning.plan import Plan, make_plan
from planning.stackfile.file import read_stack_file
from planning.stackfile.load import load_settings
from stacks import outputs
from stacks.eks import build
from tests.support.aws_cluster import IMAGES
from tests.support.resource_graph import Answer, Graph, graph

_FOLDER = Path(__file__).parents[2] / "stacks" / "presets"
PRESETS = tuple(sorted(file.stem for file in _FOLDER.glob("eks-*.yaml")))
TODAY = datetime.date(2026, 12, 1)
ANSWERS: Mapping[str, Answer] = {
    **IMAGES,
    "aws:index/getCallerIdentity:getCallerIdentity": lambda _: {"accountId": "123456789012"},
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": lambda _: {
        "userName": "AWS",
        "password": "never-in-clear",
    },
    "aws:lb/getHostedZoneId:getHostedZoneId": lambda _: {"id": "Z-of-the-balancer"},
}


def preset_plan(name: str, edits: Mapping[str, Any] | None = None) -> Plan:
    """`edits`: values by their path in the stack file (`aws.tags`), in the place of its own."""
    file = _FOLDER / f"{name}.yaml"
    raw, problems = read_stack_file(file)
    assert raw is not None and not problems
    for path, value in (edits or {}).items():
        *parents, last = path.split(".")
        place: Any = raw
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    return make_plan(load_settings(raw, origin=str(file)), stack="dev", today=TODAY)


@functools.cache
def preset_stack(name: str) -> Graph:
    return stack_graph(preset_plan(name))


def stack_graph(plan: Plan, *, preview: bool = False, **changes: Any) -> Graph:
    """`changes` are of the EksSpec. Nobody is asked after a change: mocks know no hooks."""
    if plan.eks is None:
        raise AssertionError("no eks in this plan")
    quiet = replace(plan.eks.serving, smoke_check=False)
    changed = replace(plan, eks=replace(plan.eks, serving=quiet, **changes))
    return graph(lambda: outputs.export(build(changed)), answers=ANSWERS, preview=preview)
